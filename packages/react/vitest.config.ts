import { mergeConfig } from "vitest/config";
import shared from "../../tooling/vitest.ts";

export default mergeConfig(shared, { test: { include: ["src/**/*.test.tsx"] } });
