import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { throttle } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => throttle({ throttleMs: 1_000 })))
  it.skipIf(skipped)(name, run);
