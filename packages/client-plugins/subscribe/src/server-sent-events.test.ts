import { createClient, type ClientConfig, type ClientError } from "@x/client";
import { createSubscription } from "@x/client/subscribe";
import { createFakeClock } from "@x/client/testing";
import type { ServerResponse } from "node:http";
import { expect, describe, it, onTestFinished } from "vitest";
import { serverSentEvents, type ServerSentEventsOptions } from "./index.ts";
import { serve } from "./test-support/serve.ts";
import { until, untilTrue } from "./test-support/until.ts";

interface Api {
  news: { GET: { data: unknown }; POST: { data: unknown; body: { topic: string } } };
}

const START = { "content-type": "text/event-stream; charset=utf-8" };

/** An answer that writes pieces and stays open. */
const writing =
  (...pieces: (string | Uint8Array)[]) =>
  (response: ServerResponse) => {
    response.writeHead(200, START);
    for (const piece of pieces) response.write(piece);
  };
const ending =
  (...pieces: string[]) =>
  (response: ServerResponse) => {
    writing(...pieces)(response);
    response.end();
  };

function subscribeTo(origin: string, options?: ServerSentEventsOptions, config: ClientConfig = {}) {
  const reported: ClientError[] = [];
  const client = createClient<Api>({
    baseUrl: origin,
    onError: (error) => reported.push(error),
    ...config,
  });
  const news = createSubscription(client, "news", {
    adapter: serverSentEvents(options),
    accumulate: "append",
    reconnect: { delayMs: 1 },
  });
  onTestFinished(() => news.unmount());
  news.mount();
  return { client, news, reported };
}

describe("serverSentEvents", () => {
  it("gives the data of events as JSON, however they are cut into pieces", async () => {
    const text = 'data: {"title":"Grüße €"}\n\nevent: story\ndata: [1,\ndata: 2]\nid: 7\n\n: a comment\n\n';
    const bytes = new TextEncoder().encode(text);
    const pieces = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
    const { origin, received } = await serve(writing(...pieces));
    const { news } = subscribeTo(origin);
    const { data, status, lastEventId } = await until(news, (now) => now.data?.length === 2);
    expect({ data, status, lastEventId }).toEqual({
      data: [{ title: "Grüße €" }, [1, 2]],
      status: "open",
      lastEventId: "7",
    });
    expect(received[0]).toMatchObject({ method: "GET", headers: { accept: "text/event-stream" } });
  });

  it("connects again when the stream has ended, and says what it has seen last", async () => {
    const { origin, received } = await serve(
      ending("id: 1\ndata: 1\n\n"),
      ending("data: 2\n\nid: 3\n\n"),
      writing("data: 4\n\n"),
    );
    const { news } = subscribeTo(origin);
    const { data, failedAttempts } = await until(news, (now) => now.data?.length === 3);
    expect([data, failedAttempts]).toEqual([[1, 2, 4], 0]);
    expect(received.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "1", "3"]);
  });

  it("connects again when the connection is cut, and drops the event that was cut off", async () => {
    const { origin } = await serve((response) => {
      writing("data: 1\n\n")(response);
      response.write("data: 2", () => response.destroy());
    }, writing("data: 3\n\n"));
    const { news } = subscribeTo(origin);
    expect((await until(news, ({ data }) => data?.length === 2)).data).toEqual([1, 3]);
  });

  it("ends with status 204", async () => {
    const { origin, received } = await serve((response) => response.writeHead(204).end());
    const { news } = subscribeTo(origin);
    const { status, error } = await until(news, (now) => now.status === "closed");
    expect([status, error, received.length]).toEqual(["closed", undefined, 1]);
  });

  it("is refused by a status that means no, with what the body says", async () => {
    const { origin, received } = await serve((response) =>
      response.writeHead(403, { "content-type": "application/json" }).end('{"reason":"no"}'),
    );
    const { news } = subscribeTo(origin);
    const { error } = await until(news, ({ status }) => status === "error");
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 403, body: { reason: "no" } });
    expect(received).toHaveLength(1);
  });

  it("tries again when the server is not well", async () => {
    const { origin } = await serve((response) => response.writeHead(503).end(), writing("data: 1\n\n"));
    const { news } = subscribeTo(origin);
    expect((await until(news, ({ status, data }) => status === "open" && data !== undefined)).data).toEqual([
      1,
    ]);
  });

  it("sends what plugins change: headers, query and body, of any method", async () => {
    const { origin, received } = await serve(writing("data: 1\n\n"));
    const client = createClient<Api>({ baseUrl: origin }).use([
      {
        name: "test:changing",
        operations: ["subscribe"],
        middleware({ request }, next) {
          request.headers["authorization"] = "Bearer secret";
          request.query = { page: 2 };
          request.body = { topic: "changed" };
          return next();
        },
      },
    ]);
    const news = createSubscription(client, "news", {
      adapter: serverSentEvents(),
      method: "POST",
      body: { topic: "sports" },
    });
    onTestFinished(() => news.unmount());
    news.mount();
    await until(news, ({ data }) => data === 1);
    expect(received[0]).toMatchObject({
      method: "POST",
      url: "/news?page=2",
      body: '{"topic":"changed"}',
      headers: { authorization: "Bearer secret" },
    });
  });

  it("ends the connection at the other end when it is unmounted, and when the client is disposed", async () => {
    const { origin, open } = await serve(writing("data: 1\n\n"), writing("data: 1\n\n"));
    const first = subscribeTo(origin);
    const second = subscribeTo(origin);
    for (const { news } of [first, second]) await until(news, ({ data }) => data !== undefined);
    expect(open()).toBe(2);
    first.news.unmount();
    second.client.dispose();
    await untilTrue(() => open() === 0);
  });

  it("shares one connection among equal subscriptions", async () => {
    const { origin, received } = await serve(writing("data: 1\n\n"));
    const { client, news } = subscribeTo(origin);
    const other = createSubscription(client, "news", { adapter: serverSentEvents(), accumulate: "append" });
    onTestFinished(() => other.unmount());
    other.mount();
    await until(news, ({ data }) => data !== undefined);
    expect(other.getSnapshot()).toBe(news.getSnapshot());
    expect(received).toHaveLength(1);
  });

  it("takes the events that are asked for alone, and remembers the ids of all", async () => {
    const { origin } = await serve(
      writing("event: tick\nid: 1\ndata: 1\n\n", "data: 2\n\n", "event: tock\nid: 3\ndata: 3\n\n"),
    );
    const { news } = subscribeTo(origin, { events: ["message", "tick"] });
    const { data } = await until(news, ({ lastEventId }) => lastEventId === "3");
    expect(data).toEqual([1, 2]);
  });

  it("leaves out what cannot be read, which is reported", async () => {
    const { origin } = await serve(writing("data: nonsense\n\ndata: 1\n\n"));
    const { news, reported } = subscribeTo(origin);
    expect((await until(news, ({ data }) => data !== undefined)).data).toEqual([1]);
    expect(reported).toMatchObject([{ code: "INVALID_MESSAGE", cause: { name: "SyntaxError" } }]);
  });

  it("reads data as it is told to", async () => {
    const { origin } = await serve(writing("event: a\ndata: x\n\n"));
    const { news } = subscribeTo(origin, { parse: (text, event) => `${event} ${text}` });
    expect((await until(news, ({ data }) => data !== undefined)).data).toEqual(["a x"]);
  });

  it("gives up an event without an end, and the subscription with it", async () => {
    const { origin, open } = await serve(writing("data: 1\n\n", `data: ${"x".repeat(5_000)}`));
    const { news } = subscribeTo(origin, { maxEventLength: 1_000 });
    const { error } = await until(news, ({ status }) => status === "error");
    expect(error).toMatchObject({ code: "MESSAGE_TOO_LARGE" });
    await untilTrue(() => open() === 0);
  });

  it("is no other content type", async () => {
    const { origin, received } = await serve((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>Sign in</p>"),
    );
    const { news } = subscribeTo(origin);
    const { error } = await until(news, ({ status }) => status === "error");
    expect([error?.code, received.length]).toEqual(["UNEXPECTED_CONTENT_TYPE", 1]);
  });

  it("waits before it connects again as long as the server asks", async () => {
    const { origin, received } = await serve(ending("retry: 3600000\n\ndata: 1\n\n"), writing("data: 2\n\n"));
    const clock = createFakeClock();
    const { news } = subscribeTo(origin, {}, { clock });
    await until(news, ({ status, error }) => status === "connecting" && error !== undefined);
    await clock.advance(1_799_999);
    expect([clock.scheduled, received.length]).toEqual([1, 1]);
    await clock.advance(1_800_001);
    expect((await until(news, (now) => now.data?.length === 2)).data).toEqual([1, 2]);
  });

  it("needs a transport that gives streams", async () => {
    const { news } = subscribeTo(
      "http://127.0.0.1",
      {},
      { transport: async () => ({ status: 200, data: "" }) },
    );
    const { error } = await until(news, ({ status }) => status === "error");
    expect(error).toMatchObject({ code: "STREAM_UNAVAILABLE" });
  });
});
