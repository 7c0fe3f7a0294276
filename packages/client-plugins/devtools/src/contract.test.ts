import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { devtools } from "./index.ts";

const create = () => devtools({ record: true, showHeaders: true, showBodies: true });

for (const { name, skipped, run } of clientPluginContract(create)) it.skipIf(skipped)(name, run);
