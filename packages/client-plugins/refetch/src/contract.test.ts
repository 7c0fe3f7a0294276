import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { refetch } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => refetch())) it.skipIf(skipped)(name, run);
