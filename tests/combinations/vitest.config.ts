import { defineProject } from "vitest/config";

/** Official client plugins beside each other, in many orders of events, against the built packages. */
export default defineProject({
  test: {
    name: "combinations",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    // A test plays hundreds of runs; the limit only ends what hangs.
    testTimeout: 120_000,
  },
});
