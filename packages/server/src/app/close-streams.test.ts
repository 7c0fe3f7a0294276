import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { defineApi } from "../api/define-api.ts";
import { eventStream } from "../http/event-stream/event-stream.ts";
import type { ApiData } from "../types.ts";
import { createDeferred } from "./test-support/create-deferred.ts";
import { serve } from "./test-support/serve.ts";

/** Events without an end, whose source says how it was ended. */
function createFeed(toReply: (events: AsyncGenerator<{ data: string }>, data: ApiData) => unknown) {
  const ended = createDeferred<void>();
  const aborted = createDeferred<unknown>();
  const handler = (data: ApiData) => {
    data.signal.addEventListener("abort", () => aborted.resolve(data.signal.reason));
    async function* events() {
      try {
        for (;;) {
          yield { data: "here" };
          await new Promise<void>((resolve) => data.signal.addEventListener("abort", () => resolve()));
        }
      } finally {
        ended.resolve();
      }
    }
    return toReply(events(), data);
  };
  return { ended, aborted, api: defineApi({ method: "GET", handler: handler as never }) };
}

const feeds: Readonly<Record<string, (events: AsyncGenerator<{ data: string }>, data: ApiData) => unknown>> =
  {
    "an event stream with its signal": (events, { signal }) => eventStream(events, { signal }),
    "an event stream without a signal": (events) => eventStream(events),
    "a stream that says that it is one": (_events, { setContentType, setBody }) => {
      setContentType("Text/Event-Stream; charset=utf-8");
      setBody(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode("data: here\n\n")),
        }),
      );
    },
  };

/** Asks for the feed, and waits until the first event is there. Gives whatever comes after it. */
async function follow(response: Response): Promise<() => Promise<string>> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; !text.includes("here");) text += (await reader.read()).value;
  return async () => {
    for (let text = ""; ;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
    }
  };
}

describe("an app that closes", () => {
  it.each(
    Object.keys(feeds).flatMap((feed) => ["over the network", "in process"].map((place) => [feed, place])),
  )("B-80: ends %s %s at once, and well", async (feed, place) => {
    const { api, aborted } = createFeed(feeds[feed!]!);
    // The grace period is longer than this test may take.
    const { app, server, lines } = await serve({ routes: { feed: api } }, { graceMs: 60_000 });
    const response = await (place === "in process"
      ? app.fetch(new Request("http://localhost/feed"))
      : fetch(`${server.url}/feed`));
    const rest = await follow(response);
    const closing = app.close();
    expect(await rest()).toBe("");
    await closing;
    expect(await aborted.promise).toMatchObject({ name: "AbortError", message: "the server is closing" });
    expect(lines).toEqual([]);
  });

  it("B-80: ends the source of an event stream, also one that nobody gave the signal", async () => {
    const { api, ended } = createFeed((events) => eventStream(events));
    const { app, server } = await serve({ routes: { feed: api } }, { graceMs: 60_000 });
    const rest = await follow(await fetch(`${server.url}/feed`));
    await app.close();
    await ended.promise;
    expect(await rest()).toBe("");
  });

  it("B-80: ends an event stream that begins while it closes", async () => {
    const [entered, go] = [createDeferred<void>(), createDeferred<void>()];
    const api = defineApi({
      method: "GET",
      async handler({ signal }) {
        entered.resolve();
        await go.promise;
        async function* events() {
          for (;;) yield await new Promise<{ data: string }>(() => {});
        }
        return eventStream(events(), { signal });
      },
    });
    const { app, server, lines } = await serve({ routes: { feed: api } }, { graceMs: 60_000 });
    const asking = fetch(`${server.url}/feed`);
    await entered.promise;
    const closing = app.close();
    go.resolve();
    expect((await asking).status).toBe(200);
    await closing;
    expect(lines).toEqual([]);
  });

  it("B-80: lets a stream of anything else end within the grace period", async () => {
    const half = createDeferred<void>();
    let aborted = false;
    async function* lines() {
      yield "here";
      await half.promise;
      yield " and there";
    }
    const api = defineApi({
      method: "GET",
      handler({ signal }) {
        signal.addEventListener("abort", () => (aborted = true));
        return lines();
      },
    });
    const { app, server } = await serve({ routes: { report: api } }, { graceMs: 60_000 });
    const rest = await follow(await fetch(`${server.url}/report`));
    const closing = app.close();
    half.resolve();
    expect(await rest()).toBe(" and there");
    await closing;
    expect(aborted).toBe(false);
  });

  it("ends the event streams of one server with that server, and leaves those of another alone", async () => {
    const { api } = createFeed(feeds["an event stream with its signal"]!);
    const { app, server } = await serve({ routes: { feed: api } }, { graceMs: 60_000 });
    const second = await app.listen({ port: 0, signals: false, mount: false });
    const [ofFirst, ofSecond] = await Promise.all(
      [server, second].map(async ({ url }) => follow(await fetch(`${url}/feed`))),
    );
    await server.close();
    expect(await ofFirst!()).toBe("");
    let isOver = false;
    const rest = ofSecond!().finally(() => (isOver = true));
    expect((await fetch(`${second.url}/feed`, { method: "HEAD" })).status).toBe(200);
    expect(isOver).toBe(false);
    await second.close();
    expect(await rest).toBe("");
  });

  it("ends the event streams of a server that is somebody else's, whose connections are that one's affair", async () => {
    const { api, aborted } = createFeed(feeds["an event stream with its signal"]!);
    const { app } = await serve({ routes: { feed: api } }, { graceMs: 60_000 });
    const server = createServer(app.middleware());
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as { port: number };
    const rest = await follow(await fetch(`http://127.0.0.1:${port}/feed`));
    await app.close();
    expect(await rest()).toBe("");
    await aborted.promise;
  });
});
