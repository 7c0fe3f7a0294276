import { defineProject } from "vitest/config";

/** The prose of the whole repository, and the tests of the tooling, which no package of its own runs. */
export default defineProject({
  test: {
    name: "prose",
    root: import.meta.dirname,
    include: ["*.test.ts", "../../tooling/*.test.ts"],
    // One program type-checks every example of the repository, which takes seconds on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
