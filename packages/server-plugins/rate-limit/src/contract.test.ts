import { serverPluginContract } from "@x/server/testing";
import { describe, it } from "vitest";
import { RateLimitPlugin } from "./index.ts";

describe("the contract of server plugins", () => {
  const checks = serverPluginContract((options) => new RateLimitPlugin(options), {
    config: {
      limits: {
        burst: { points: 1_000, durationSeconds: 60 },
        daily: { points: 9_000, durationSeconds: 86_400 },
      },
    },
    event: { remoteAddress: "192.0.2.1" },
  });
  for (const { name, skipped, run } of checks) it.skipIf(skipped !== undefined)(name, run);
});
