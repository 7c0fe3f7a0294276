import { createTestBench } from "@x/client/testing";
import { expect, it } from "vitest";
import { cache } from "./cache.ts";
import { dedupe } from "./dedupe.ts";
import { requestId } from "./request-id.ts";
import { retry } from "./retry.ts";
import { timing } from "./timing.ts";
import { transform } from "./transform.ts";

it("cache answers while an entry is fresh, as the request says, and unless it was invalidated", async () => {
  const { client, transport, clock } = createTestBench();
  transport.reply("GET items", { data: "here" });
  const cached = client.use([cache({ staleTime: 100 })]);
  const fetches = async (staleTime?: number) => {
    const before = transport.requests.length;
    const { data } = await cached.request("items", staleTime === undefined ? {} : { staleTime });
    expect(data).toBe("here");
    return transport.requests.length - before;
  };
  expect([await fetches(), await fetches(), await fetches(0)]).toEqual([1, 0, 1]);
  await clock.advance(100);
  expect([await fetches(200), await fetches(), await fetches()]).toEqual([0, 1, 0]);
  cached.stateManager.markStale("items");
  expect(await fetches()).toBe(1);
});

it("dedupe shares a fetch that is under way", async () => {
  const { client, transport } = createTestBench();
  transport.reply("GET items", { data: "here" });
  const deduped = client.use([dedupe()]);
  await Promise.all([deduped.get("items"), deduped.get("items")]);
  await deduped.get("items");
  expect(transport.requests).toHaveLength(2);
});

it("retry asks again as often as it may, later each time, and gives up", async () => {
  const { client, transport, clock } = createTestBench();
  transport.reply("GET items", { status: 503 });
  const pending = client.use([retry({ retries: 2, delayMs: 100 })]).get("items");
  const sentAt = async (ms: number) => {
    await clock.advance(ms);
    return transport.requests.length;
  };
  expect([await sentAt(99), await sentAt(1), await sentAt(199), await sentAt(1)]).toEqual([1, 2, 2, 3]);
  expect((await pending).status).toBe(503);
});

it("retry waits no longer than the caller", async () => {
  const { client, transport, clock } = createTestBench();
  transport.reply("GET items", { status: 503 });
  const controller = new AbortController();
  const pending = client
    .use([retry({ retries: 2, delayMs: 100 })])
    .get("items", { signal: controller.signal });
  await clock.advance(50);
  controller.abort();
  expect((await pending).aborted).toBe(true);
  expect([transport.requests.length, clock.scheduled]).toEqual([1, 0]);
});

it("request id, timing and transform see each read once", async () => {
  const { client, transport } = createTestBench();
  transport.reply("GET items", { data: "here" });
  const told: string[] = [];
  const plugins = [
    timing((path, durationMs) => told.push(`${path} ${durationMs >= 0}`)),
    requestId("x-id"),
    transform((data) => `${String(data)}!`),
  ];
  const { data } = await client.use(plugins).get("items");
  expect(data).toBe("here!");
  expect(told).toEqual(["items true"]);
  expect(transport.requests[0]?.headers["x-id"]).toMatch(/^[\da-f-]{36}$/);
});
