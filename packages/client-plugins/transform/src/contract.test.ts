import { clientPluginContract } from "@x/client/testing";
import { describe, it } from "vitest";
import { transform } from "./index.ts";

const same = (received: unknown) => received;

describe("transforms that are done at once", () => {
  const create = () => transform({ "items/:id": { GET: same, POST: same } });
  for (const { name, skipped, run } of clientPluginContract(create)) it.skipIf(skipped)(name, run);
});

describe("transforms that take their time", () => {
  const later = async (received: unknown) => received;
  const create = () => transform({ "items/:id": { GET: later, POST: later } });
  for (const { name, skipped, run } of clientPluginContract(create)) it.skipIf(skipped)(name, run);
});
