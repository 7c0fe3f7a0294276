import { describe, expect, test } from "vitest";
import { createProject } from "../test-support/create-project.ts";
import { runCli, startCli } from "../test-support/run-cli.ts";
import { runScript } from "../test-support/run-script.ts";

const FILES = {
  "src/jobs.ts": `
import { createJobs } from "@x/jobs";
import { openDatabase } from "@x/server-pg";
const { db } = await openDatabase({ folder: new URL("../data", import.meta.url).pathname });
export default createJobs({ db, root: new URL(".", import.meta.url) });
`,
  "src/mails/welcome.job.ts": `
import { defineJob } from "@x/jobs";
export default defineJob({
  queue: "mails/welcome",
  retries: 0,
  cron: { pattern: "30 2 * * *", timeZone: "Europe/Vienna", missed: "latest" },
  handler({ params }) {
    if (params.fail) throw new Error("no mailbox");
    console.error("sent to " + params.to);
    return "sent";
  },
});
`,
  "src/say-stage.plugin.ts": `
export class SayStagePlugin {
  type = "say-stage";
  name = "say-stage";
  config = {};
  constructor(options) { this.applyConfig(options); }
  applyConfig(options) { this.config = { ...options?.config }; }
  onMount(_data, next) {
    console.error("mounted for " + this.config.where);
    return next();
  }
}
export default SayStagePlugin;
`,
  "src/faas.yaml": `
defaults:
  plugins:
    say-stage: { type: file://./say-stage.plugin.ts, config: { where: everywhere } }
staging:
  plugins:
    say-stage: { config: { where: staging } }
`,
  "enqueue.ts": `
import jobs from "./src/jobs.ts";
import welcome from "./src/mails/welcome.job.ts";
const ids = [];
for (const payload of [{ to: "ada" }, { fail: true }]) ids.push((await jobs.enqueue(welcome, payload)).id);
await jobs.close();
console.log(ids.join(" "));
process.exit(0);
`,
};
const WITHOUT_DATABASE = `
import { createJobs } from "@x/jobs";
const db = { executeQuery() {}, transaction() {} };
export default createJobs({ db, root: new URL(".", import.meta.url) });
`;
const PACKAGES = { packages: ["@x/server", "@x/jobs", "@x/server-pg"] };

describe("x worker and x jobs", () => {
  test("run what was enqueued, tell of it, and give what failed another attempt", async () => {
    const { folder } = createProject(FILES, PACKAGES);
    const [sent, failed] = (await runScript(folder, "node", "enqueue.ts")).trim().split(" ") as [
      string,
      string,
    ];
    const worker = startCli(folder, ["worker", "--concurrency", "1", "--stage", "staging"]);
    await worker.printed(/mounted for staging/);
    await worker.printed(/working on mails\/welcome/);
    await worker.printed(/sent to ada/);
    await worker.printed(/no mailbox/);
    expect(await worker.stop()).toBe(0);

    const { jobs } = JSON.parse(
      (await runCli(folder, ["jobs", "list", "--state", "failed", "--json"])).stdout,
    );
    expect(jobs).toMatchObject([{ id: failed, state: "failed", attempts: 1, failure: "no mailbox" }]);
    const shown = await runCli(folder, ["jobs", "show", sent]);
    expect(shown.stdout).toMatch(/^state +completed$/m);
    expect(shown.stdout).toMatch(/^result +sent$/m);

    expect((await runCli(folder, ["jobs", "retry", failed])).stdout).toBe(`${failed} is waiting\n`);
    expect((await runCli(folder, ["jobs", "cancel", failed])).stdout).toBe(`${failed} is cancelled\n`);
  });

  test("preview ten times of each schedule", async () => {
    const { folder } = createProject({ ...FILES, "src/jobs.ts": WITHOUT_DATABASE }, PACKAGES);
    const { code, stdout } = await runCli(folder, ["jobs", "next"]);
    expect(code).toBe(0);
    const [heading, ...lines] = stdout.trimEnd().split("\n");
    expect(heading).toBe("mails/welcome  30 2 * * *  Europe/Vienna  missed: latest");
    expect(lines).toHaveLength(10);
    for (const line of lines)
      expect(line).toMatch(/^ {2}\d{4}-\d\d-\d\d 0[23]:\d\d:00 {2}\d{4}-\d\d-\d\dT.*Z$/);
    expect((await runCli(folder, ["jobs", "next", "other"])).stdout).toBe("no schedules\n");
  });

  test("say what is missing", async () => {
    const { folder } = createProject({ "src/hello.ts": "" });
    const { code, stderr } = await runCli(folder, ["jobs", "list"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("NO_JOBS")]);
    expect((await runCli(folder, ["jobs", "list", "--state", "lost"])).code).toBe(2);
    expect((await runCli(folder, ["worker", "--file", "none.ts"])).stderr).toContain("NO_JOBS");
  });
});
