import { writeFileSync } from "node:fs";
import { describeGaps } from "../harness/describe-gaps.ts";
import { type MeasuredCase, measureCases } from "../harness/measure-cases.ts";
import { writeRegion } from "../harness/readme-region.ts";
import type { Settings } from "../harness/settings.ts";
import { sizeTable } from "../harness/size-table.ts";
import type { Suite } from "../harness/suite.ts";
import { clientCandidates } from "./candidates.ts";
import { checkCandidates } from "./check.ts";
import { type ClientCase, clientCases } from "./client-case.ts";
import {
  bytesTable,
  clientChart,
  describeMethod,
  goalsTable,
  overheadTable,
  readTable,
  storeTable,
} from "./report.ts";
import { clientSizes } from "./sizes.ts";

const PACKAGE = new URL("../../../packages/client/", import.meta.url);
const CHART = "bench.svg";

/** The client beside what others fetch and cache with. */
export const clientSuite: Suite = {
  async run(settings: Settings) {
    console.log(await checkCandidates());
    const results = await measureCases(
      import.meta.resolve("./candidates.ts"),
      clientCases.map(toMeasuredCase),
      settings,
    );
    const sizes = await clientSizes();

    const method = describeMethod(results);
    const goals = goalsTable(results, sizes);
    const reads = "CPU time of reads, in multiples of the same by hand:";
    const rest = [
      "Microseconds of an uncached read beyond `fetch` and `json()` by hand:",
      overheadTable(results),
      'CPU time of changing whole caches, on keys like `items/7/12` and `["items", 7, 12]`: invalidation by `markStale("items/7/*")` and `invalidateQueries({ queryKey: ["items", 7] })`, filling by `setCache` and `setQueryData`:',
      storeTable(results),
      "Heap bytes allocated by a read, its caller's `await` included:",
      bytesTable(results),
      describeGaps(clientCandidates, clientCases),
      "KiB of what does these reads, bundled by esbuild and compressed by gzip -9:",
      sizeTable(sizes),
    ];
    console.log(`\n${[method, goals, reads, readTable(results), ...rest].join("\n\n")}\n`);

    if (!settings.publish) return console.log("A quick run writes no README.");
    const chart = `![CPU time beside its peers](./${CHART})`;
    const medians = readTable(results, ({ median }) => median.toFixed(2));
    const region = [method, goals, chart, reads, medians, ...rest];
    if (!writeRegion(new URL("README.md", PACKAGE), "client", region.join("\n\n")))
      return console.log("packages/client/README.md has no bench:client markers: nothing was written.");
    writeFileSync(new URL(CHART, PACKAGE), clientChart(results));
    console.log(`Written: packages/client/README.md and ${CHART}.`);
  },
};

/** A read runs through more code than a chain does. A run over a whole cache takes long, and few of them suffice. */
function toMeasuredCase(clientCase: ClientCase): MeasuredCase {
  const { id } = clientCase;
  if (!("entries" in clientCase)) return { id, warmUp: 2 };
  const share = Math.min(1, 5_000 / clientCase.entries);
  return { id, warmUp: share, rounds: share };
}
