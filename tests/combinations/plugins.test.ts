import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../../tooling/workspace.ts";
import { PLUGIN_NAMES } from "./plugins.ts";

/** What stands among the plugins and is none: ways to send. */
const NO_PLUGINS = new Set(["subscribe"]);

it("every official client plugin is among those that are combined", () => {
  const folders = readdirSync(join(ROOT, "packages", "client-plugins"));
  expect(PLUGIN_NAMES.toSorted()).toEqual(folders.filter((name) => !NO_PLUGINS.has(name)).toSorted());
});
