import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "@x/server";
import { serverPluginContract } from "@x/server/testing";
import { afterAll, beforeAll, describe, inject, it } from "vitest";
import { DatabasePlugin } from "../api/plugins/database.ts";
import { StepsPlugin } from "../api/plugins/steps.ts";
import { TenantPlugin } from "../api/plugins/tenant.ts";
import { type SharedDatabase, shareDatabase } from "../database/share-database.ts";

const folder = join(tmpdir(), `desk-plugins-${process.pid}`);

// Open for all of them: to open it for each would take most of the time.
let shared: SharedDatabase;
beforeAll(async () => {
  await cp(inject("dataFolder"), folder, { recursive: true });
  shared = await shareDatabase(folder);
});
afterAll(async () => {
  await shared?.release();
  await rm(folder, { recursive: true, force: true });
});

const signedIn = (): Plugin => ({
  type: "signed-in",
  name: "signed-in",
  onInvoke(data, next) {
    data.current_user = { id: "1", roles: ["manager"], claims: { tenant: "harbour", name: "Maya" } };
    return next();
  },
});
const database = () => new DatabasePlugin({ type: "database", name: "database", config: { folder } });

const skip = {
  "own-state": "a folder of Postgres is opened once in a process, so all functions have one data.db",
};

const suites = {
  database: serverPluginContract((options) => new DatabasePlugin(options), { config: { folder }, skip }),
  steps: serverPluginContract((options) => new StepsPlugin(options), {
    config: { roles: ["manager"] },
    before: () => [signedIn()],
  }),
  tenant: serverPluginContract((options) => new TenantPlugin(options), {
    before: () => [signedIn(), database()],
    skip,
  }),
};

for (const [plugin, checks] of Object.entries(suites))
  describe(`the plugin ${plugin}`, () => {
    for (const { name, skipped, run } of checks) it.skipIf(skipped !== undefined)(name, run);
  });
