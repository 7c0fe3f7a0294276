import { expect, it } from "vitest";
import { checkServers } from "./check.ts";
import { compileServers } from "./compile-servers.ts";

it("finds that every server gives the same answers", { timeout: 60_000 }, async () => {
  await compileServers();
  await expect(checkServers()).resolves.toMatch(
    /node:http, @x\/server, fastify, hono, koa, express, h3 answer/,
  );
});
