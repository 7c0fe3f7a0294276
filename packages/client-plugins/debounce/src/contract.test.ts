import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { debounce } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() =>
  debounce({ debounceMs: 100, operations: ["read", "write"] }),
))
  it.skipIf(skipped)(name, run);
