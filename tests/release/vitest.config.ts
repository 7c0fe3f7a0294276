import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The rehearsal of a release. Each package adds four tests, so they share the cores instead of queueing up. */
export default defineConfig({
  test: {
    // Not this folder, or the cache that Vite keeps in its root would count as an input of the task.
    root: join(import.meta.dirname, ".."),
    include: ["release/*.test.ts"],
    globalSetup: "release/global-setup.ts",
    reporters: ["default", "json"],
    outputFile: { json: ".reports/release.json" },
    maxWorkers: availableParallelism(),
    maxConcurrency: availableParallelism(),
    // Over thirty packages are published and installed on two busy cores. This only ends what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    onConsoleLog(log) {
      throw new Error(`A test wrote to the console: ${log}`);
    },
  },
});
