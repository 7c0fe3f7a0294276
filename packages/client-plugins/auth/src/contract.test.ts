import { clientPluginContract } from "@x/client/testing";
import { describe, it } from "vitest";
import { auth } from "./index.ts";

describe("with a token that is at hand", () => {
  const create = () => auth({ getToken: () => "token", refresh: () => {} });
  for (const { name, skipped, run } of clientPluginContract(create)) it.skipIf(skipped)(name, run);
});

describe("with a token that is refreshed over and over", () => {
  const create = () => auth({ getToken: async () => "token", refresh: () => {}, shouldRefresh: () => true });
  for (const { name, skipped, run } of clientPluginContract(create)) it.skipIf(skipped)(name, run);
});
