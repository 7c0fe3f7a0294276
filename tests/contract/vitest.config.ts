import { defineProject } from "vitest/config";

/** What the client and the server say of each other's APIs, against the built packages. */
export default defineProject({
  test: {
    name: "contract",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    testTimeout: 60_000,
  },
});
