import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readManifest } from "../../../../tooling/workspace.ts";
import { ROOT } from "../test-support/create-monorepo.ts";
import { CORE_RANGE, NODE_RANGE, TOOL_VERSIONS, WORKSPACE_CORE_RANGE } from "./versions.ts";

const root = readManifest(ROOT);

test("a new package is built with the versions that the official ones are", () => {
  expect(root["devDependencies"]).toMatchObject(TOOL_VERSIONS);
  expect(root["engines"]).toEqual({ node: NODE_RANGE });
});

test("it works with the same releases of the core as this command line and the other plugins", () => {
  const cli = readManifest(join(ROOT, "packages/cli"));
  expect(cli["peerDependencies"]).toEqual({ "@x/server": CORE_RANGE });
  const cache = readFileSync(join(ROOT, "packages/client-plugins/cache/package.json"), "utf8");
  expect(cache).toContain(`"@x/client": "${WORKSPACE_CORE_RANGE}"`);
});
