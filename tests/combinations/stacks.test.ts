import { describe, it } from "vitest";
import { play } from "./play.ts";
import { PLUGIN_NAMES, type PluginName } from "./plugins.ts";

const SEEDS = 30;

/** Stacks as applications have them. */
const STACKS: Readonly<Record<string, readonly PluginName[]>> = {
  "a website that reads": ["cache", "deduplication", "prefetch", "gc"],
  "what is measured for speed": ["cache", "deduplication", "retry", "invalidation", "optimistic"],
  "an application with an account": ["auth", "cache", "deduplication", "retry", "invalidation", "gc"],
  "a form that must not be sent twice": ["auth", "retry", "idempotency", "invalidation", "optimistic"],
  "a dashboard": ["cache", "deduplication", "polling", "refetch", "retry", "throttle", "transform"],
  "a search": ["debounce", "cache", "deduplication", "query-string", "retry", "initial-data"],
  "an application that works offline": [
    "persist",
    "cache",
    "retry",
    "idempotency",
    "optimistic",
    "invalidation",
    "refetch",
  ],
  "a page that was rendered on a server": ["initial-data", "cache", "next", "invalidation", "transform"],
  uploads: ["auth", "progress", "retry", "idempotency", "invalidation"],
  "under the eyes of a developer": [
    "devtools",
    "cache",
    "deduplication",
    "retry",
    "invalidation",
    "optimistic",
    "gc",
  ],
  "everything that there is": PLUGIN_NAMES,
};

describe("stacks, through random events", () => {
  it.each(Object.entries(STACKS))("%s", async (_name, plugins) => {
    for (let seed = 1; seed <= SEEDS; seed += 1) await play(plugins, seed);
  });
});
