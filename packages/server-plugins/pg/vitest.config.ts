import { defineConfig } from "vitest/config";
import shared from "../../../tooling/vitest.ts";

const globalSetup = "src/test-support/global-setup.ts";

/** One worker for all files: they share the embedded database, which takes seconds to make. */
export default defineConfig({
  test: { ...shared.test, globalSetup, isolate: false, fileParallelism: false },
});
