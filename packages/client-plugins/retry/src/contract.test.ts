import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { retry } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => retry())) it.skipIf(skipped)(name, run);
