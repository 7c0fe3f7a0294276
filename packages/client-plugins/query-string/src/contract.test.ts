import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { queryString } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => queryString())) it.skipIf(skipped)(name, run);
