import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { askApi } from "../ask-api.ts";
import type { ServerSentEvent } from "./encode-event.ts";
import { eventStream, type EventStreamOptions } from "./event-stream.ts";

async function* generate(...events: readonly ServerSentEvent[]) {
  yield* events;
}

const serving = (source: AsyncIterable<ServerSentEvent>, options?: EventStreamOptions) =>
  askApi(defineApi({ method: "GET", handler: () => eventStream(source, options) }));

const readerOf = async (api: ReturnType<typeof serving>) => {
  const reader = ((await api.reply()).body as ReadableStream<Uint8Array>).getReader();
  const read = async () => {
    const { done, value } = await reader.read();
    return done ? "end" : new TextDecoder().decode(value);
  };
  return { read, cancel: () => reader.cancel() };
};

afterEach(() => void vi.useRealTimers());

describe("an event stream", () => {
  it("tells the client at once that it is connected, and proxies to pass everything on", async () => {
    const { status, headers } = await serving(generate()).reply();
    expect(status).toBe(200);
    expect(headers).toEqual({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    const { read } = await readerOf(serving(generate()));
    expect([await read(), await read()]).toEqual([":\n\n", "end"]);
  });

  it("writes events, text as it is and all else as JSON", async () => {
    const events = [
      { data: "hello" },
      { event: "tick", id: "1", retry: 500, data: { count: 1 } },
      { event: "empty" },
      { data: null },
    ];
    const { text } = await serving(generate(...events)).ask();
    expect(text).toBe(
      ":\n\n" +
        "data: hello\n\n" +
        'event: tick\nid: 1\nretry: 500\ndata: {"count":1}\n\n' +
        "event: empty\ndata: \n\n" +
        "data: null\n\n",
    );
  });

  it("keeps every line break inside of its event", async () => {
    const { text } = await serving(generate({ data: "a\nb\r\nc\rd\n\nevent: forged" })).ask();
    expect(text).toBe(":\n\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \ndata: event: forged\n\n");
  });

  it.each<ServerSentEvent>([
    { event: "a\nb" },
    { id: "1\r2" },
    { id: "\0" },
    { retry: -1 },
    { retry: 0.5 },
    { data: () => {} },
  ])("fails with a code rather than write %j", async (event) => {
    const api = serving(generate(event));
    const { read } = await readerOf(api);
    await read();
    await expect(read()).rejects.toMatchObject({ code: "INVALID_REPLY" });
    expect(api.lines).toHaveLength(1);
  });

  it("keeps the connection alive while nothing happens, and not for a client that does not read", async () => {
    vi.useFakeTimers();
    let release: (() => void) | undefined;
    async function* quiet(): AsyncGenerator<ServerSentEvent> {
      await new Promise<void>((resolve) => (release = resolve));
      yield { data: "1" };
    }
    const { read } = await readerOf(serving(quiet(), { heartbeatMs: 1000 }));
    await read();
    for (let beat = 0; beat < 3; beat += 1) {
      const reading = read();
      await vi.advanceTimersByTimeAsync(1000);
      expect(await reading).toBe(":\n\n");
    }
    await vi.advanceTimersByTimeAsync(60_000);
    release!();
    await vi.advanceTimersByTimeAsync(0);
    expect([await read(), await read(), await read()]).toEqual([":\n\n", "data: 1\n\n", "end"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no timer behind, whether it was read or not", async () => {
    vi.useFakeTimers();
    eventStream(generate());
    const { read, cancel } = await readerOf(serving(generate({ data: "1" }, { data: "2" })));
    await read();
    await read();
    expect(vi.getTimerCount()).toBe(1);
    await cancel();
    expect(vi.getTimerCount()).toBe(0);
    const silent = await readerOf(serving(generate({ data: "1" }), { heartbeatMs: 0 }));
    await silent.read();
    await silent.read();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("B-75: ends its source when the client leaves", async () => {
    let ended = false;
    async function* source() {
      try {
        for (;;) yield { data: "1" };
      } finally {
        ended = true;
      }
    }
    const { read, cancel } = await readerOf(serving(source()));
    await read();
    await read();
    await cancel();
    expect(ended).toBe(true);
  });

  it("ends when its signal aborts, also while it waits for an event, and ends a source that follows the signal", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    async function* source() {
      yield { data: "1" };
      await wait(60_000, undefined, { signal });
    }
    const api = serving(source(), { signal });
    const { read } = await readerOf(api);
    await read();
    await read();
    const reading = read();
    controller.abort();
    expect(await reading).toBe("end");
    await wait(0);
    expect(api.lines).toEqual([]);
    expect((await serving(generate({ data: "1" }), { signal }).ask()).text).toBe(":\n\n");
  });

  it("B-75: ends when its source fails, which is logged once", async () => {
    async function* failing() {
      yield { data: "1" };
      throw new Error("broker is down");
    }
    const api = serving(failing());
    const { read } = await readerOf(api);
    await read();
    await read();
    await expect(read()).rejects.toThrow("broker is down");
    expect(api.lines).toMatchObject([{ level: "error", fields: { err: { message: "broker is down" } } }]);
  });
});
