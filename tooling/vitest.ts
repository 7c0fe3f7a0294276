import { defineConfig } from "vitest/config";

/** The tests of every package: run time beside types, console noise fails, and a report that `npm test` counts. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"] },
    // Two cores under load are slow, and no test asserts time: this only ends what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: ".reports/test.json" },
    onConsoleLog(log) {
      throw new Error(`A test wrote to the console: ${log}`);
    },
  },
});
