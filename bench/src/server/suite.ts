import { writeFileSync } from "node:fs";
import { describeGaps } from "../harness/describe-gaps.ts";
import { writeRegion } from "../harness/readme-region.ts";
import type { Settings } from "../harness/settings.ts";
import type { Suite } from "../harness/suite.ts";
import { checkServers } from "./check.ts";
import { compileServers } from "./compile-servers.ts";
import { measureLoad } from "./measure-load.ts";
import { measureMemory } from "./measure-memory.ts";
import { measureStarts } from "./measure-starts.ts";
import {
  cpuTable,
  describeMethod,
  goalsTable,
  latencyTable,
  memoryTable,
  serverChart,
  startTable,
  throughputTable,
} from "./report.ts";
import { serverCases } from "./server-case.ts";
import { FLOOR, fullCandidates, OURS, PEER, serverCandidates } from "./server-candidates.ts";

const PACKAGE = new URL("../../../packages/server/", import.meta.url);
const CHART = "bench.svg";

/** The server beside what others serve with. */
export const serverSuite: Suite = {
  async run(settings: Settings) {
    await compileServers();
    console.log(await checkServers());
    const loads = await measureLoad(namesOf(fullCandidates), serverCases, settings);
    const starts = await measureStarts(namesOf(serverCandidates), settings);
    const memory = await measureMemory([OURS, PEER], serverCases[0]!, settings);

    const method = describeMethod(loads);
    const goals = goalsTable(loads, starts);
    const cpu = `CPU time of a request, in multiples of ${FLOOR}:`;
    const rest = [
      `Throughput, in multiples of ${FLOOR} (greater is better):`,
      throughputTable(loads),
      "Latency in µs, median / 99th percentile:",
      latencyTable(loads),
      notes(),
      "Cold start, from spawning the process to the end of the first response: one GET, no plugins, no schema library:",
      startTable(starts),
      "Memory of the server's process after so many POSTs, collected before the last figure is read:",
      memoryTable(memory),
    ];
    console.log(`\n${[method, goals, cpu, cpuTable(loads), ...rest].join("\n\n")}\n`);

    if (!settings.publish) return console.log("A quick run writes no README.");
    const chart = `![CPU time of a request beside its peers](./${CHART})`;
    const medians = cpuTable(loads, ({ median }) => median.toFixed(2));
    const region = [method, goals, chart, cpu, medians, ...rest];
    if (!writeRegion(new URL("README.md", PACKAGE), "server", region.join("\n\n")))
      return console.log("packages/server/README.md has no bench:server markers: nothing was written.");
    writeFileSync(new URL(CHART, PACKAGE), serverChart(loads));
    console.log(`Written: packages/server/README.md and ${CHART}.`);
  },
};

const namesOf = (candidates: readonly { readonly name: string }[]) => candidates.map(({ name }) => name);

/** What a reader must know of each candidate. All of them have a part in every case. */
const notes = () =>
  describeGaps(
    serverCandidates.map(({ name, note }) => ({ name, note, leavesOut: () => undefined })),
    serverCases,
  );
