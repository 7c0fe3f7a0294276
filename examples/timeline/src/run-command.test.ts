import { silentLogger } from "@x/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCommands, USAGE } from "./run-command.ts";
import { SCRIPT } from "./script.ts";
import { startShop } from "./start-shop.ts";
import type { TimelineStep } from "./timeline-step.ts";

const steps: TimelineStep[] = [];
let shop: Awaited<ReturnType<typeof startShop>>;
beforeAll(async () => {
  shop = await startShop({ logger: silentLogger, onStep: (step) => steps.push(step) });
});
afterAll(() => shop.server.close());

const start = () => createCommands(shop.server.url, steps);
/** The side and the name of every step, outermost first. */
const chainOf = (text: string) =>
  text
    .split("\n")
    .slice(2)
    .map((line) => line.trim().split(/\s*│/)[0]!.split(/\s+/).join(" "));

describe("a request over HTTP", () => {
  it("shows the plugins of both ends and the handler, outermost first", async () => {
    const { status, text } = await start()("list");
    expect(status).toBe(200);
    expect(chainOf(text)).toEqual([
      "client cache",
      "client deduplication",
      "client demo:request-id",
      "client progress",
      "client retry",
      "client demo:bearer",
      "client fetch",
      "server limit",
      "server auth",
      "server timing",
      "server http",
      "server handler",
    ]);
  });

  it("is answered by the client's cache the second time", async () => {
    const run = start();
    await run("list");
    const { text } = await run("list");
    expect(text).toMatch(/client cache .*answered here/);
    expect(text).not.toContain("server");
  });

  it("is stopped by a server plugin that a deeper faas.yaml has made stricter", async () => {
    const { status, text } = await start()("report");
    expect(status).toBe(401);
    expect(text).toMatch(/server auth .*threw/);
    expect(text).not.toContain("handler");
  });
});

it("comes to what the script says, from a shop that is just open", async () => {
  const run = start();
  for (const { line, status } of SCRIPT) expect([line, (await run(line)).status]).toEqual([line, status]);
});

it("tells its commands when it knows no better", async () => {
  expect(await start()("dance")).toEqual({ status: 0, text: `commands: ${USAGE}` });
});
