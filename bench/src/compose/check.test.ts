import { expect, it } from "vitest";
import { checkCandidates } from "./check.ts";

it("finds that every candidate gives the same trace and value", async () => {
  await expect(checkCandidates()).resolves.toMatch(
    /@x\/pipeline.*koa-compose.*hono compose.* same trace and value/,
  );
});
