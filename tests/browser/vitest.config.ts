import { defineProject } from "vitest/config";

/** What only a real browser shows, against the built packages: pages by React, in Chromium. */
export default defineProject({
  test: {
    name: "browser",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    testTimeout: 60_000,
  },
});
