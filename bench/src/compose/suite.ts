import { writeFileSync } from "node:fs";
import { describeGaps } from "../harness/describe-gaps.ts";
import { measureCases } from "../harness/measure-cases.ts";
import { writeRegion } from "../harness/readme-region.ts";
import type { Settings } from "../harness/settings.ts";
import { sizeTable } from "../harness/size-table.ts";
import type { Suite } from "../harness/suite.ts";
import { composeCandidates } from "./candidates.ts";
import { checkCandidates } from "./check.ts";
import { type ComposeCase, composeCases } from "./compose-case.ts";
import { bytesTable, composeChart, describeMethod, goalsTable, timeTable } from "./report.ts";
import { composeSizes } from "./sizes.ts";

const PACKAGE = new URL("../../../packages/pipeline/", import.meta.url);
const CHART = "bench.svg";

/** The engine beside what others compose with. */
export const composeSuite: Suite = {
  async run(settings: Settings) {
    console.log(await checkCandidates());
    const cases = composeCases.map((composeCase) => ({
      id: composeCase.id,
      warmUp: warmUpOf(composeCase),
    }));
    const results = await measureCases(import.meta.resolve("./candidates.ts"), cases, settings);
    const sizes = await composeSizes();

    const method = describeMethod(results);
    const goals = goalsTable(results, sizes);
    const size = sizeTable(sizes);
    const gaps = describeGaps(composeCandidates, composeCases);
    const times = "CPU time of a run, in multiples of hand-nested closures:";
    const heap = "Heap bytes allocated by a run, its caller's `await` included:";
    const bundles =
      "KiB of `compose` alone (of hookable: `createHooks`), bundled by esbuild and compressed by gzip -9:";
    const rest = [heap, bytesTable(results), gaps, bundles, size];
    const sections = [method, goals, times, timeTable(results), ...rest];
    console.log(`\n${sections.join("\n\n")}\n`);

    if (!settings.publish) return console.log("A quick run writes no README.");
    const chart = `![CPU time of a run beside its peers](./${CHART})`;
    const medians = timeTable(results, ({ median }) => median.toFixed(2));
    const region = [method, goals, chart, times, medians, ...rest];
    if (!writeRegion(new URL("README.md", PACKAGE), "compose", region.join("\n\n")))
      return console.log("packages/pipeline/README.md has no bench:compose markers: nothing was written.");
    writeFileSync(new URL(CHART, PACKAGE), composeChart(results));
    console.log(`Written: packages/pipeline/README.md and ${CHART}.`);
  },
};

/** The more functions a candidate has, the rarer each one runs and the later it is compiled. */
function warmUpOf({ chains, length }: ComposeCase): number {
  return Math.max(1, (chains * length) / 25);
}
