import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "@x/server";
import { type Database, openDatabase, PgPlugin } from "@x/server-pg";
import { serverPluginContract } from "@x/server/testing";
import { afterAll, beforeAll, describe, inject, it } from "vitest";
import { EventsPlugin } from "../api/plugins/events.ts";
import { FilesPlugin } from "../api/plugins/files.ts";
import { JobsPlugin } from "../api/plugins/jobs.ts";
import { StepsPlugin } from "../api/plugins/steps.ts";
import { TenantPlugin } from "../api/plugins/tenant.ts";
import { type SharedJobs, shareJobs } from "../jobs/share-jobs.ts";

const folder = join(tmpdir(), `desk-plugins-${process.pid}`);

// Open for all of them: to open it for each would take most of the time.
let database: Database;
let jobs: SharedJobs;
beforeAll(async () => {
  await cp(inject("dataFolder"), folder, { recursive: true });
  database = await openDatabase({ folder: join(folder, "pg") });
  jobs = await shareJobs(folder);
});
afterAll(async () => {
  await jobs?.release();
  await database?.close();
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
const pg = () => new PgPlugin({ config: { folder: join(folder, "pg") } });

const skip = {
  "own-state": "a folder of Postgres is opened once in a process, so all functions have one data.db",
};

const suites = {
  events: serverPluginContract((options) => new EventsPlugin(options)),
  files: serverPluginContract((options) => new FilesPlugin(options), { config: { folder } }),
  jobs: serverPluginContract((options) => new JobsPlugin(options), {
    config: { folder },
    skip: { "own-state": "one worker is enough for a process, so all functions have one data.jobs" },
  }),
  steps: serverPluginContract((options) => new StepsPlugin(options), {
    config: { roles: ["manager"] },
    before: () => [signedIn()],
  }),
  tenant: serverPluginContract((options) => new TenantPlugin(options), {
    before: () => [signedIn(), pg()],
    skip,
  }),
};

for (const [plugin, checks] of Object.entries(suites))
  describe(`the plugin ${plugin}`, () => {
    for (const { name, skipped, run } of checks) it.skipIf(skipped !== undefined)(name, run);
  });
