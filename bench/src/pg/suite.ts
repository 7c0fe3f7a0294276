import { startPostgres } from "../../../tooling/start-postgres.ts";
import { measureCases } from "../harness/measure-cases.ts";
import { writeRegion } from "../harness/readme-region.ts";
import type { Settings } from "../harness/settings.ts";
import type { Suite } from "../harness/suite.ts";
import { URL_VARIABLE } from "./candidates.ts";
import { pgCases } from "./pg-case.ts";
import { costTable, describeMethod } from "./report.ts";

const README = new URL("../../../packages/server-plugins/pg/README.md", import.meta.url);

/** What the plugin adds to queries by kysely itself. */
export const pgSuite: Suite = {
  async run(settings: Settings) {
    const server = await startPostgres();
    if ("missing" in server) return console.log(`Nothing was measured: ${server.missing}.`);
    // The worker processes inherit it.
    process.env[URL_VARIABLE] = server.url;
    try {
      const cases = pgCases.map(({ id }) => ({ id, warmUp: 4 }));
      const results = await measureCases(import.meta.resolve("./candidates.ts"), cases, settings);
      const method = describeMethod(results);
      console.log(`\n${method}\n\n${costTable(results)}\n`);
      if (!settings.publish) return console.log("A quick run writes no README.");
      const medians = costTable(results, ({ median }) => median.toFixed(2));
      if (!writeRegion(README, "pg", `${method}\n\n${medians}`))
        return console.log(
          "packages/server-plugins/pg/README.md has no bench:pg markers: nothing was written.",
        );
      console.log("Written: packages/server-plugins/pg/README.md.");
    } finally {
      await server.stop();
    }
  },
};
