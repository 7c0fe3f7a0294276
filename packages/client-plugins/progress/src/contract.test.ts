import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { progress } from "./index.ts";

const requestOptions = { onUploadProgress() {}, onDownloadProgress() {} };

for (const { name, skipped, run } of clientPluginContract(() => progress(), { requestOptions }))
  it.skipIf(skipped)(name, run);
