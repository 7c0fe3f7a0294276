import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench } from "./create-test-bench.ts";

describe("a test bench", () => {
  it("is a real client: requests go through plugins to the script, on the clock", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET posts", { status: 503 }).reply("GET posts", { data: ["first"] }, { delayMs: 50 });
    const retry = definePlugin()({
      name: "test:retry",
      repeatable: true,
      async middleware(context, next) {
        const response = await next();
        if (response.status !== 503) return response;
        await new Promise<void>((resolve) => context.clock.schedule(resolve, 900));
        return next();
      },
    });
    const pending = client.use([retry]).get("posts");
    await clock.advance(949);
    expect(transport.requests).toHaveLength(2);
    expect(clock.scheduled).toBe(1);
    await clock.advance(1);
    expect((await pending).data).toEqual(["first"]);
    expect(clock.now()).toBe(950);
    expect(clock.scheduled).toBe(0);
  });

  it("gives timestamps of its clock", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET posts", {});
    await clock.advance(1_234);
    await client.get("posts");
    expect(client.stateManager.getCache("GET posts")?.state.timestamp).toBe(1_234);
  });

  it("takes the other options of a client", async () => {
    const { client, transport } = createTestBench({ baseUrl: "/api", headers: { "x-a": "1" } });
    transport.reply("GET /api/posts", { data: "here" });
    expect((await client.get("posts")).data).toBe("here");
    expect(transport.requests[0]?.headers["x-a"]).toBe("1");
  });

  it("collects what is reported, of clients made from it too", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("GET posts", {});
    const throwing = definePlugin()({
      name: "test:throwing",
      afterResponse() {
        throw new Error("no");
      },
    });
    await client.use([throwing]).get("posts");
    expect(reported).toMatchObject([{ code: "AFTER_RESPONSE_THREW", plugin: "test:throwing" }]);
  });

  it("shares nothing with another bench", async () => {
    const one = createTestBench();
    const other = createTestBench();
    one.transport.reply("GET posts", {});
    await one.client.get("posts");
    await one.clock.advance(10);
    expect(other.client.stateManager.size).toBe(0);
    expect(other.transport.requests).toEqual([]);
    expect(other.clock.now()).toBe(0);
  });
});

it("a request that nothing was scripted for fails as if the network were down, and says which", async () => {
  const { client } = createTestBench();
  const { error } = await client.get("posts");
  expect(error).toMatchObject({
    code: "NETWORK_ERROR",
    cause: { message: expect.stringContaining('"GET posts"') },
  });
});
