import { defineConfig } from "vitest/config";

/** The prose of the whole repository, and the tests of the tooling, which no package of its own runs. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts", "../../tooling/*.test.ts"],
    reporters: ["default", "json"],
    outputFile: { json: "../.reports/test.json" },
    // One program type-checks every example of the repository, which takes seconds on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    onConsoleLog(log) {
      throw new Error(`A test wrote to the console: ${log}`);
    },
  },
});
