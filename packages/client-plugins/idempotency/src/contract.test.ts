import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { idempotency } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => idempotency())) it.skipIf(skipped)(name, run);
