import { defineConfig } from "vitest/config";

/** The tests of every package: run time beside types, console noise fails, and a report that `npm test` counts. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"] },
    reporters: ["default", "json"],
    outputFile: { json: ".reports/test.json" },
    onConsoleLog(log) {
      throw new Error(`A test wrote to the console: ${log}`);
    },
  },
});
