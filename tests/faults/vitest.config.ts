import { defineProject } from "vitest/config";

/** Real faults against real databases: processes are killed and stopped, connections cut, servers restarted. */
export default defineProject({
  test: {
    name: "faults",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    // Leases run out in their own time.
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
