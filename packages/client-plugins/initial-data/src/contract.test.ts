import { clientPluginContract } from "@x/client/testing";
import { describe, it } from "vitest";
import { initialData } from "./index.ts";

describe("without initial data", () => {
  for (const { name, skipped, run } of clientPluginContract(() => initialData()))
    it.skipIf(skipped)(name, run);
});

describe("with initial data", () => {
  const requestOptions = { initialData: { title: "at hand" } };
  for (const { name, skipped, run } of clientPluginContract(() => initialData(), { requestOptions }))
    it.skipIf(skipped)(name, run);
});
