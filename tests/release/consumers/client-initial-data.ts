// What a user of @x/client-initial-data writes, against the published package: its API at run time, its types when
// checked.
import assert from "node:assert/strict";
import {
  initialData,
  type InitialDataConfig,
  type InitialDataErrorCode,
  type InitialDataOptions,
  type InitialDataTypes,
} from "@x/client-initial-data";
import type { ClientErrorCode, ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const config: InitialDataConfig = { refetchInitialData: true };
const plugin: ClientPlugin<InitialDataTypes> = initialData(config);
assert.equal(plugin.name, "initial-data");

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: ["answer"] });
const client = bench.client.use([initialData(config)]);
const options: InitialDataOptions = { initialData: ["at hand"] };
const observer = client.observe("posts", options);
observer.mount();
const shown: string[] | undefined = observer.getSnapshot().data;
assert.deepEqual(shown, ["at hand"]);
await bench.clock.advance(0);
assert.deepEqual(observer.getSnapshot().data, ["answer"]);
observer.unmount();

// Its code is one of the client's.
const code: ClientErrorCode = "INITIAL_DATA_THREW" satisfies InitialDataErrorCode;
const failing = () => {
  throw new Error("no storage");
};
await client.request("posts", { query: { page: 2 }, initialData: failing });
assert.deepEqual(
  bench.reported.map((error) => error.code),
  [code],
);

// @ts-expect-error a write shows nothing
await client.post("posts", { body: "Hi", initialData: "Hi" });
client.dispose();
