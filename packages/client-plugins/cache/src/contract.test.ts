import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { cache } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => cache())) it.skipIf(skipped)(name, run);
