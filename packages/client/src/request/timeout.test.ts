import { describe, expect, it } from "vitest";
import { createClient } from "../client/create-client.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import { serve } from "../test-support/serve.ts";
import { createFakeClock, createTestBench } from "../testing/index.ts";

describe("timeoutMs", () => {
  it("ends a fetch that takes longer, and aborts it", async () => {
    const { client, transport, clock } = createTestBench({ timeoutMs: 1_000 });
    transport.hold("GET posts");
    const pending = client.get("posts");
    await clock.advance(999);
    expect(transport.requests[0]?.signal?.aborted).toBe(false);
    await clock.advance(1);
    const { error, aborted, data, status } = await pending;
    expect(error?.code).toBe("TIMEOUT");
    expect({ aborted, data, status }).toEqual({ aborted: false, data: undefined, status: 0 });
    expect(transport.requests[0]?.signal?.aborted).toBe(true);
  });

  it("leaves an answer in time alone, and no timer behind", async () => {
    const { client, transport, clock } = createTestBench({ timeoutMs: 1_000 });
    transport.reply("GET posts", { data: "in time" }, { delayMs: 999 });
    const pending = client.get("posts");
    await clock.advance(999);
    expect((await pending).data).toBe("in time");
    expect(clock.scheduled).toBe(0);
  });

  it("of a request wins over the client's", async () => {
    const { client, transport, clock } = createTestBench({ timeoutMs: 1_000 });
    transport.hold("GET posts");
    const short = client.get("posts", { timeoutMs: 10 });
    const long = client.get("posts", { timeoutMs: 5_000 });
    await clock.advance(10);
    expect((await short).error?.code).toBe("TIMEOUT");
    await clock.advance(4_989);
    expect(clock.scheduled).toBe(1);
    await clock.advance(1);
    expect((await long).error?.code).toBe("TIMEOUT");
  });

  it("of Infinity lifts the client's", async () => {
    const { client, transport, clock } = createTestBench({ timeoutMs: 10 });
    const held = transport.hold("GET posts");
    const pending = client.get("posts", { timeoutMs: Infinity });
    await clock.advance(1e12);
    held[0]?.reply({ data: "no hurry" });
    expect((await pending).data).toBe("no hurry");
    expect(clock.scheduled).toBe(0);
  });

  it("counts for each fetch, not for what plugins wait in between", async () => {
    const { client, transport, clock } = createTestBench({ timeoutMs: 100 });
    transport.reply("GET posts", { status: 503 }).reply("GET posts", { data: "at last" }, { delayMs: 99 });
    const patient = definePlugin()({
      name: "test:patient",
      repeatable: true,
      async middleware(context, next) {
        await next();
        await new Promise<void>((resolve) => context.clock.schedule(resolve, 10_000));
        return next();
      },
    });
    const pending = client.use([patient]).get("posts");
    await clock.advance(10_099);
    expect((await pending).data).toBe("at last");
    expect(clock.scheduled).toBe(0);
  });

  it("ends a body that never ends, and closes its connection", async () => {
    const clock = createFakeClock();
    let closed = Promise.resolve();
    const { origin, nextRequest } = await serve((response) => {
      closed = new Promise((resolve) => response.once("close", resolve));
      response.writeHead(200).write("and then");
    });
    const arrived = nextRequest();
    const pending = createClient({ baseUrl: origin, clock, timeoutMs: 1_000 }).get("posts");
    await arrived;
    await clock.advance(1_000);
    expect((await pending).error?.code).toBe("TIMEOUT");
    await closed;
    expect(clock.scheduled).toBe(0);
  });

  it("without a limit schedules nothing", async () => {
    const { client, transport, clock } = createTestBench();
    transport.hold("GET posts");
    void client.get("posts");
    await clock.advance(0);
    expect(clock.scheduled).toBe(0);
  });
});
