import { createClient, type ClientError } from "@x/client";
import { createSubscription } from "@x/client/subscribe";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocketServer, type ServerSocket } from "ws";
import { webSocket, type WebSocketOptions } from "./index.ts";
import { serve } from "./test-support/serve.ts";
import { until, untilTrue } from "./test-support/until.ts";

/** A server of sockets, whose connections go on with each of the answers in turn. */
async function serveSockets(
  answers: ((socket: ServerSocket) => void)[],
  options: Partial<ConstructorParameters<typeof WebSocketServer>[0]> = {},
) {
  const { server, origin } = await serve();
  const sockets = new WebSocketServer({ server, ...options });
  const urls: string[] = [];
  const messages: string[] = [];
  let open = 0;
  sockets.on("connection", (socket, request) => {
    urls.push(request.url);
    open += 1;
    socket.on("close", () => (open -= 1));
    socket.on("message", (message) => messages.push(String(message)));
    answers[urls.length - 1]?.(socket);
  });
  onTestFinished(() => sockets.close());
  return { origin, urls, messages, open: () => open };
}

function subscribeTo(origin: string, options?: WebSocketOptions) {
  const reported: ClientError[] = [];
  const client = createClient({ baseUrl: origin, onError: (error) => reported.push(error) });
  const room = createSubscription(client, "rooms/:id", {
    params: { id: 7 },
    headers: { authorization: "Bearer secret" },
    adapter: webSocket(options),
    accumulate: "append",
    reconnect: { delayMs: 1 },
  });
  onTestFinished(() => room.unmount());
  room.mount();
  return { client, room, reported };
}

describe("webSocket", () => {
  it("gives texts as JSON, and ends when the server is done", async () => {
    const { origin, urls } = await serveSockets([
      (socket) => {
        for (const message of [{ text: "ü" }, 0, null]) socket.send(JSON.stringify(message));
        socket.close(1000);
      },
    ]);
    const { room } = subscribeTo(origin);
    const { data, error } = await until(room, ({ status }) => status === "closed");
    expect([data, error, urls]).toEqual([[{ text: "ü" }, 0, null], undefined, ["/rooms/7"]]);
  });

  it("gives binary messages as they are", async () => {
    const { origin } = await serveSockets([(socket) => socket.send(new Uint8Array([1, 2]))]);
    const { room } = subscribeTo(origin);
    const { data } = await until(room, (now) => now.data !== undefined);
    expect(Array.from(new Uint8Array(data?.[0] as ArrayBuffer))).toEqual([1, 2]);
  });

  it.each([
    ["goes away", (socket: ServerSocket) => socket.close(1001)],
    ["restarts", (socket: ServerSocket) => socket.close(1012)],
    ["is cut off", (socket: ServerSocket) => socket.terminate()],
    ["has a code of its own", (socket: ServerSocket) => socket.close(4000, "later")],
  ])("connects again when the server %s", async (_, end) => {
    const { origin, urls } = await serveSockets([
      (socket) => socket.send("1", () => end(socket)),
      (socket) => socket.send("2"),
    ]);
    const { room } = subscribeTo(origin);
    const { data } = await until(room, (now) => now.data?.length === 2);
    expect([data, urls.length]).toEqual([[1, 2], 2]);
  });

  it("gives up when the server does not want it", async () => {
    const { origin, urls } = await serveSockets([(socket) => socket.close(1008, "not you")]);
    const { room } = subscribeTo(origin);
    const { error } = await until(room, ({ status }) => status === "error");
    expect(error).toMatchObject({ code: "SOCKET_CLOSED", cause: { code: 1008, reason: "not you" } });
    expect(urls).toHaveLength(1);
  });

  it("tries again when the handshake fails, of which a socket tells no more than that", async () => {
    let attempts = 0;
    const { origin, urls } = await serveSockets([(socket) => socket.send("1")], {
      verifyClient(_info, decide) {
        attempts += 1;
        decide(attempts > 1, 503);
      },
    });
    const { room } = subscribeTo(origin);
    const { error } = await until(room, ({ failedAttempts }) => failedAttempts === 1);
    expect(error).toMatchObject({ code: "NETWORK_ERROR" });
    expect((await until(room, ({ data }) => data !== undefined)).data).toEqual([1]);
    expect([attempts, urls.length]).toEqual([2, 1]);
  });

  it("puts what it needs of the request into the address, the protocols and the first message", async () => {
    const offered: string[][] = [];
    const { origin, urls, messages } = await serveSockets([(socket) => socket.send("1")], {
      handleProtocols(protocols) {
        offered.push([...protocols]);
        return "chat.v2";
      },
    });
    const { room } = subscribeTo(origin, {
      protocols: ["chat.v2", "chat.v1"],
      toUrl(url, { headers }) {
        url.searchParams.set("token", headers["authorization"] ?? "");
        return url;
      },
      greeting: ({ headers }) => JSON.stringify({ token: headers["authorization"] }),
    });
    await until(room, ({ data }) => data !== undefined);
    await untilTrue(() => messages.length > 0);
    expect(urls).toEqual(["/rooms/7?token=Bearer+secret"]);
    expect(offered).toEqual([["chat.v2", "chat.v1"]]);
    expect(messages).toEqual(['{"token":"Bearer secret"}']);
  });

  it("takes another socket than the platform's", async () => {
    const { origin } = await serveSockets([(socket) => socket.send("1")]);
    const created: unknown[] = [];
    const { room } = subscribeTo(origin, {
      createSocket(url, protocols, { headers }) {
        created.push([url, protocols, headers["authorization"]]);
        return new WebSocket(url, protocols);
      },
    });
    await until(room, ({ data }) => data !== undefined);
    expect(created).toEqual([[`${origin.replace("http", "ws")}/rooms/7`, [], "Bearer secret"]]);
  });

  it("leaves out what cannot be read, which is reported", async () => {
    const { origin } = await serveSockets([
      (socket) => {
        socket.send("nonsense");
        socket.send("1");
      },
    ]);
    const { room, reported } = subscribeTo(origin);
    expect((await until(room, ({ data }) => data !== undefined)).data).toEqual([1]);
    expect(reported).toMatchObject([{ code: "INVALID_MESSAGE" }]);
  });

  it("ends the connection at the other end when it is unmounted, and when the client is disposed", async () => {
    const { origin, open } = await serveSockets([(socket) => socket.send("1"), (socket) => socket.send("1")]);
    const first = subscribeTo(origin);
    const second = subscribeTo(origin);
    for (const { room } of [first, second]) await until(room, ({ data }) => data !== undefined);
    expect(open()).toBe(2);
    first.room.unmount();
    second.client.dispose();
    await untilTrue(() => open() === 0);
  });

  it("ends a connection that is not open yet", async () => {
    const { origin, open, urls } = await serveSockets([]);
    const { room } = subscribeTo(origin);
    room.unmount();
    const { room: later } = subscribeTo(origin);
    await until(later, ({ status }) => status === "open");
    await untilTrue(() => urls.length >= 1 && open() <= 1);
    expect(room.getSnapshot().status).toBe("idle");
  });
});
