import { defineProject } from "vitest/config";

/** The samples of the documents that the project grew from, against the built packages. */
export default defineProject({
  test: {
    name: "seeds",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
  },
});
