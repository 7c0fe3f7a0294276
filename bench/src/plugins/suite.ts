import { measureCases, type MeasuredCase } from "../harness/measure-cases.ts";
import { writeRegion } from "../harness/readme-region.ts";
import type { Settings } from "../harness/settings.ts";
import { sizeTable } from "../harness/size-table.ts";
import type { Suite } from "../harness/suite.ts";
import { checkPlugins } from "./check.ts";
import { costCases } from "./cost-case.ts";
import { costTable, describeMethod, describePaths, goalsTable, stackTable } from "./report.ts";
import { pluginSizes, stackSizes } from "./sizes.ts";
import { stackCases } from "./stack.ts";

const README = new URL("../../../packages/client/README.md", import.meta.url);

/** Each official plugin by itself, and the stack that most applications want beside what others read with. */
export const pluginsSuite: Suite = {
  async run(settings: Settings) {
    console.log(await checkPlugins());
    const results = await measureCases(import.meta.resolve("./candidates.ts"), measuredCases(), settings);
    const sizes = await stackSizes();

    const costs = [
      describeMethod(results),
      "What a client with the plugin costs beyond the same client without it, in CPU nanoseconds and heap bytes a run: where the plugin does its work, and where it has nothing to do. A minus sign is what is saved: there the plugin answers in place of a fetch, which itself costs nothing here. The transport answers at once, and a timer that a request waits for fires at once; no other does. What is no further from 0 than its range is wide is noise. Sizes are minified and gzipped, with what the plugin depends on, without `@x/client` and what is loaded when it is needed.",
      costTable(results, await pluginSizes()),
      "One run is:",
      describePaths(),
      "The stack of cache, deduplication, retry, invalidation and optimistic, as it is published, beside the same peers as above.",
      goalsTable(results, sizes),
      "CPU time of reads, in multiples of the same by hand:",
    ];
    const rest = [
      "KiB of what does these reads, bundled by esbuild and compressed by gzip -9; TanStack Query with what writes need, for the stack has that, too:",
      sizeTable(sizes),
    ];
    console.log(`\n${[...costs, stackTable(results), ...rest].join("\n\n")}\n`);

    if (!settings.publish) return console.log("A quick run writes no README.");
    const medians = stackTable(results, ({ median }) => median.toFixed(2));
    if (!writeRegion(README, "plugins", [...costs, medians, ...rest].join("\n\n")))
      return console.log("packages/client/README.md has no bench:plugins markers: nothing was written.");
    console.log("Written: packages/client/README.md.");
  },
};

/**
 * What one plugin costs differs more from process to process than from round to round, and there are many plugins. A read
 * beside the peers runs through more code: it takes longer until all of it is compiled.
 */
function measuredCases(): MeasuredCase[] {
  return [
    ...costCases.map(({ id }) => ({ id, rounds: 0.5 })),
    // A thousand reads at once warm up by themselves.
    ...stackCases.map(({ id, kind }) => ({ id, warmUp: kind === "concurrent" ? 0.5 : 2 })),
  ];
}
