import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { contract } from "./index.ts";

const known = {
  hashes: { "items/:id GET": "a", "items/:id POST": "b" },
  shapes: () => Promise.resolve({ default: {} }),
};

for (const { name, skipped, run } of clientPluginContract(() => contract(known)))
  it.skipIf(skipped)(name, run);
