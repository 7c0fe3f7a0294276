import { expect, it } from "vitest";
import { startDemo, USAGE } from "./run-command.ts";

it("shows each plugin and the transport of a read, outermost first", async () => {
  const { status, text } = await startDemo()("list");
  expect(status).toBe(200);
  expect(text.split("\n").map((line) => line.trim().split(/[ │]/)[0])).toEqual([
    "200",
    "demo:timing",
    "demo:request-id",
    "demo:conditional-cache",
    "transport",
  ]);
});

it("answers a read from the cache once the flag is on", async () => {
  const run = startDemo();
  await run("list");
  await run("enable caching");
  const { text } = await run("list");
  expect(text).toMatch(/conditional-cache .*answered here/);
  expect(text).not.toContain("transport");
});

it("leaves the cache out of a write, and shows what the server refuses", async () => {
  const run = startDemo();
  expect(await run("order milk 3")).toMatchObject({ status: 201 });
  const refused = await run("order milk 0");
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("an order needs a total");
  expect(refused.text).not.toContain("conditional-cache");
});

it("tells its commands when it knows no better", async () => {
  expect(await startDemo()("dance")).toEqual({ status: 0, text: `commands: ${USAGE}` });
});
