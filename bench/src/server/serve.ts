// Serves one candidate in a process of its own, and tells the parent its port and then, whenever asked, its usage.
import { findCandidate } from "./server-candidates.ts";
import type { Usage } from "./server-process.ts";
import { timing } from "./timing.ts";

const [name = "", size] = process.argv.slice(2);
const candidate = findCandidate(name);
const { listen } = await (size === "small" ? candidate.loadSmall() : candidate.load!());
process.on("message", () => process.send!(usage()));
process.on("disconnect", () => process.exit());
process.send!(await listen());

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  // Twice: what the first collection finalises, the second one frees.
  for (let time = 0; time < 2; time++) globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuMs: (user + system) / 1_000, rss, heapUsed, timedRequests: timing.requests };
}
