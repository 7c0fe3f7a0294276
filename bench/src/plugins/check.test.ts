import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { checkPlugins } from "./check.ts";
import { pluginCosts } from "./plugin-costs.ts";

/** Packages beside the plugins of clients that are none. */
const NO_PLUGINS = new Set(["subscribe"]);

it("finds that each plugin does its work, and changes nothing where it has none", async () => {
  await expect(checkPlugins()).resolves.toMatch(
    /each of \d+ plugins does its work .*; by hand, @x\/client, TanStack Query, urql, ky, ofetch, axios give/,
  );
});

it("leaves out no official plugin", () => {
  const folder = new URL("../../../packages/client-plugins/", import.meta.url);
  const packages = readdirSync(folder).filter((name) => !NO_PLUGINS.has(name));
  expect(pluginCosts.map(({ name }) => name).toSorted()).toEqual(packages.toSorted());
});
