import { defineConfig } from "vitest/config";
import shared from "../tooling/vitest.ts";

/** Everything but the rehearsal of a release, which is a task of its own. */
export default defineConfig({
  test: { ...shared.test, projects: ["prose", "seeds", "combinations", "contract", "browser", "faults"] },
});
