import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { prefetch } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => prefetch())) it.skipIf(skipped)(name, run);
