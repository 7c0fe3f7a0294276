import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { invalidation } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => invalidation()))
  it.skipIf(skipped)(name, run);
