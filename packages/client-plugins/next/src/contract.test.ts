import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { next } from "./index.ts";

const create = () => next({ revalidator: async () => {}, next: { revalidate: 60 } });

for (const { name, skipped, run } of clientPluginContract(create)) it.skipIf(skipped)(name, run);
