// What a user of @x/client-progress writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { type ClientErrorCode, type ClientPlugin, createClient, inProcessTransport } from "@x/client";
import {
  type OnProgress,
  progress,
  type ProgressConfig,
  type ProgressErrorCode,
  type ProgressOptions,
  type ProgressTypes,
  type TransferProgress,
} from "@x/client-progress";

interface Api {
  files: { POST: { data: string; body: string } };
}

const config: ProgressConfig = { withCredentials: false };
const plugin: ClientPlugin<ProgressTypes> = progress(config);
assert.equal(plugin.name, "progress");

const transport = inProcessTransport(async (request) => Response.json(await request.text()));
const client = createClient<Api>({ transport }).use([progress(config)]);
const uploaded: TransferProgress[] = [];
const downloaded: TransferProgress[] = [];
const onUploadProgress: OnProgress = (current) => uploaded.push(current);
const options: ProgressOptions = {
  onUploadProgress,
  onDownloadProgress: (current) => downloaded.push(current),
};
const { data } = await client.post("files", { body: "content", ...options });
assert.equal(data, "content");
assert.deepEqual(uploaded.at(-1), { transferredBytes: 7, totalBytes: 7 });
assert.deepEqual(downloaded.at(-1), { transferredBytes: 9, totalBytes: 9 });

const code: ClientErrorCode & ProgressErrorCode = "PROGRESS_UNAVAILABLE";
assert.equal(code, "PROGRESS_UNAVAILABLE");
// @ts-expect-error no function
assert.ok(() => client.post("files", { body: "content", onUploadProgress: true }));
