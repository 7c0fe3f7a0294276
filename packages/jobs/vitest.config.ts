import { defineConfig } from "vitest/config";
import shared from "../../tooling/vitest.ts";

export default defineConfig({
  test: { ...shared.test, globalSetup: "src/test-support/global-setup.ts" },
});
