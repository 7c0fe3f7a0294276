import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { persist } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => persist({ storage: new Map() })))
  it.skipIf(skipped)(name, run);
