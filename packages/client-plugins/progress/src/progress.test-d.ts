import { createClient, type ClientErrorCode, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { progress, type ProgressTypes } from "./index.ts";

interface Api {
  files: { GET: { data: Blob }; POST: { data: string; body: Blob } };
}

const client = createClient<Api>().use([progress({ withCredentials: true })]);

describe("progress", () => {
  it("adds its listeners to every request, and types what they are told", () => {
    void client.post("files", {
      body: new Blob(),
      onUploadProgress: ({ transferredBytes, totalBytes }) => {
        expectTypeOf(transferredBytes).toEqualTypeOf<number>();
        expectTypeOf(totalBytes).toEqualTypeOf<number | undefined>();
      },
    });
    void client.get("files", { onDownloadProgress: () => {} });
    // @ts-expect-error No function.
    void client.get("files", { onDownloadProgress: true });
  });

  it("registers its error code", () => {
    expectTypeOf<"PROGRESS_UNAVAILABLE">().toExtend<ClientErrorCode>();
  });

  it("can be named by its type", () => {
    expectTypeOf(progress()).toExtend<ClientPlugin<ProgressTypes>>();
  });
});
