import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { deduplication } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() =>
  deduplication({ operations: ["read", "write"] }),
))
  it.skipIf(skipped)(name, run);
