// What a user of @x/client-subscribe writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import {
  fetchStream,
  serverSentEvents,
  webSocket,
  type FetchStreamOptions,
  type ServerSentEventsOptions,
  type StreamFormat,
  type SubscribeErrorCode,
  type WebSocketOptions,
} from "@x/client-subscribe";
import { createClient, inProcessTransport, type ClientErrorCode } from "@x/client";
import { createSubscription, type SubscriptionAdapter } from "@x/client/subscribe";

interface Api {
  prices: { GET: { data: { price: number } } };
}

const answers: Record<string, string> = {
  "text/event-stream": 'id: 1\ndata: {"price":1}\n\ndata: {"price":2}\n\n',
  "application/x-ndjson": '{"price":1}\n{"price":2}\n',
};
const client = createClient<Api>({
  transport: inProcessTransport((request) => {
    const type = Object.keys(answers).find((name) => request.headers.get("accept")?.startsWith(name)) ?? "";
    return new Response(answers[type], { headers: { "content-type": type } });
  }),
});

async function lastPrice(adapter: SubscriptionAdapter): Promise<number | undefined> {
  const prices = createSubscription(client, "prices", { adapter, accumulate: "append", reconnect: false });
  const ended = new Promise<void>((resolve) => {
    prices.subscribe(() => ["closed", "error"].includes(prices.getSnapshot().status) && resolve());
  });
  prices.mount();
  await ended;
  const { data } = prices.getSnapshot();
  prices.unmount();
  return data?.at(-1)?.price;
}

const events: ServerSentEventsOptions = { maxEventLength: 1_000 };
const format: StreamFormat = "ndjson";
const lines: FetchStreamOptions = { format };
const socket: WebSocketOptions = { protocols: ["prices.v1"] };
assert.equal(await lastPrice(serverSentEvents(events)), 2);
assert.equal(await lastPrice(fetchStream(lines)), 2);
assert.match(webSocket(socket).name, /web-socket/);

const code: SubscribeErrorCode & ClientErrorCode = "SOCKET_CLOSED";
assert.ok(code);
// @ts-expect-error no such format
assert.ok(fetchStream({ format: "csv" }));
