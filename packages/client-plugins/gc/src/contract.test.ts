import { cache } from "@x/client-cache";
import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { gc } from "./index.ts";

const create = () => gc({ gcTime: 1_000, maxEntries: 2 });

for (const { name, skipped, run } of clientPluginContract(create, { others: () => [cache()] }))
  it.skipIf(skipped)(name, run);
