import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it, vi } from "vitest";
import { auth } from "./index.ts";
import { signedIn } from "./test-support/signed-in.ts";

describe("a token", () => {
  it("is sent with every request, as it is then", async () => {
    const { client, tokens, carried } = signedIn();
    await client.get("me");
    tokens.kept = tokens.accepted = "t2";
    await client.post("orders");
    expect(carried()).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("may come asynchronously, and be carried by other headers", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET me", { data: 1 });
    const signing = client.use([
      auth({
        getToken: async () => "key",
        toHeaders: (token) => ({ "x-api-key": token, "x-version": "1" }),
        refresh: () => {},
      }),
    ]);
    await signing.get("me");
    expect(transport.requests[0]?.headers).toMatchObject({ "x-api-key": "key", "x-version": "1" });
    expect(transport.requests[0]?.headers["authorization"]).toBeUndefined();
  });

  it("is not sent where there is none, where the request says so, or where the caller has another", async () => {
    const { client, tokens, carried } = signedIn();
    tokens.kept = undefined;
    await client.get("me", { auth: false });
    tokens.kept = "t1";
    expect((await client.get("me", { auth: false })).status).toBe(401);
    expect((await client.get("me", { headers: { Authorization: "Basic abc" } })).status).toBe(401);
    expect(carried()).toEqual([undefined, undefined, "Basic abc"]);
  });
});

describe("a refused token", () => {
  it("is refreshed, and the request sent again with the new one", async () => {
    const { client, tokens, refreshes, carried } = signedIn();
    tokens.accepted = "t2";
    const pending = client.post("orders", { body: { item: 7 } });
    await flushMicrotasks();
    expect(refreshes).toHaveLength(1);
    refreshes[0]?.answer();
    expect(await pending).toMatchObject({ data: "yours", status: 200, error: undefined });
    expect(carried()).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("B-46: is refreshed once for a hundred requests under way", async () => {
    const { client, tokens, refreshes, transport } = signedIn();
    tokens.accepted = "t2";
    const all = Array.from({ length: 100 }, (_, at) => (at % 2 ? client.get("me") : client.post("orders")));
    await flushMicrotasks();
    refreshes[0]?.answer();
    expect((await Promise.all(all)).map(({ data }) => data)).toEqual(
      Array.from({ length: 100 }, () => "yours"),
    );
    expect([refreshes.length, transport.requests.length]).toEqual([1, 200]);
  });

  it("B-46: is refreshed once, also for those who are refused when that is over", async () => {
    const { client: bare, transport } = createTestBench();
    const held = transport.hold("GET me");
    let token = "t1";
    const refresh = vi.fn<() => unknown>(() => void (token = "t2"));
    const client = bare.use([auth({ getToken: () => token, refresh })]);
    const all = [client.get("me"), client.get("me"), client.get("me")];
    await flushMicrotasks();
    for (const at of [0, 1, 2]) {
      held[at]?.reply({ status: 401 });
      await flushMicrotasks();
    }
    for (const request of held.slice(3)) request.reply({ data: request.request.headers["authorization"] });
    expect((await Promise.all(all)).map(({ data }) => data)).toEqual(["Bearer t2", "Bearer t2", "Bearer t2"]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("that is refused again is returned as it is: nothing goes round and round", async () => {
    const { client, tokens, transport } = signedIn({ refresh: () => {} });
    tokens.accepted = "unknown";
    expect(await client.get("me")).toMatchObject({ status: 401, error: { code: "HTTP_ERROR", body: "no" } });
    expect(transport.requests).toHaveLength(2);
  });

  it("is refreshed again when a later one is refused", async () => {
    const { client, tokens } = signedIn({
      refresh: () => {
        tokens.kept = tokens.accepted;
      },
    });
    for (const accepted of ["t2", "t3"]) {
      tokens.accepted = accepted;
      expect((await client.get("me")).data).toBe("yours");
    }
  });

  it("is told by the status 401, or however a server does it", async () => {
    const { client, transport } = createTestBench();
    let token = "t1";
    transport
      .reply("GET me", { status: 403 })
      .reply("GET me", { status: 419 })
      .reply("GET me", { data: "yours" });
    const refresh = vi.fn<() => unknown>(() => void (token = "t2"));
    const signing = client.use([
      auth({ getToken: () => token, refresh, shouldRefresh: ({ status }) => status === 419 }),
    ]);
    expect((await signing.get("me")).status).toBe(403);
    expect((await signing.get("me")).data).toBe("yours");
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("of a session in cookies is refreshed without a token to see", async () => {
    const { client, transport } = createTestBench();
    transport
      .reply("GET me", { status: 401 })
      .reply("GET me", { status: 401 })
      .reply("GET me", { data: "yours" });
    const refresh = vi.fn<() => unknown>(() => Promise.resolve());
    const signing = client.use([auth({ refresh })]);
    const both = await Promise.all([signing.get("me"), signing.get("me")]);
    expect(both.map(({ data }) => data)).toEqual(["yours", "yours"]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("takes its header along when there is none any more", async () => {
    const { client, tokens, carried } = signedIn({
      refresh: () => {
        tokens.kept = undefined;
      },
    });
    tokens.accepted = "t2";
    expect((await client.get("me")).status).toBe(401);
    expect(carried()).toEqual(["Bearer t1", undefined]);
  });

  it("is not refreshed for a body that can be sent once", async () => {
    const { client, tokens, refreshes } = signedIn();
    tokens.accepted = "t2";
    expect((await client.post("orders", { body: new ReadableStream() })).status).toBe(401);
    expect(refreshes).toHaveLength(0);
  });
});

describe("a caller who waits for a refresh", () => {
  it("and aborts leaves alone, and its signal keeps no listener", async () => {
    const { client, tokens, refreshes } = signedIn();
    tokens.accepted = "t2";
    const controller = new AbortController();
    const left = client.get("me", { signal: controller.signal });
    const stays = client.get("me");
    await flushMicrotasks();
    controller.abort(new Error("bored"));
    expect(await left).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
    refreshes[0]?.answer();
    expect((await stays).data).toBe("yours");

    const { signal } = new AbortController();
    const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
    tokens.accepted = "t3";
    const pending = client.get("me", { signal });
    await flushMicrotasks();
    refreshes[1]?.answer();
    await pending;
    expect(removed.mock.calls.length).toBeGreaterThanOrEqual(added.mock.calls.length);
  });

  it("gets an error when the client is disposed, and nothing is left", async () => {
    const { client, tokens, clock } = signedIn();
    tokens.accepted = "t2";
    const pending = client.get("me");
    await flushMicrotasks();
    expect(clock.scheduled).toBe(1);
    client.dispose();
    expect((await pending).error?.code).toBe("CLIENT_DISPOSED");
    expect(clock.scheduled).toBe(0);
  });

  it("is one who is refused after that, too", async () => {
    const { client: bare, transport, clock } = createTestBench();
    const held = transport.hold("GET me");
    const refresh = vi.fn<() => unknown>();
    const client = bare.use([auth({ refresh })]);
    const pending = client.get("me");
    await flushMicrotasks();
    client.dispose();
    held[0]?.reply({ status: 401 });
    expect((await pending).error?.code).toBe("CLIENT_DISPOSED");
    expect([refresh.mock.calls.length, clock.scheduled]).toEqual([0, 0]);
  });
});

it("beside a retry each attempt goes with the token of its time", async () => {
  const retry: ClientPlugin = {
    name: "retry",
    repeatable: true,
    async middleware(_, next) {
      const response = await next();
      return response.status === 503 ? next() : response;
    },
  };
  const { client, transport } = createTestBench();
  let token = 0;
  transport.reply("GET me", { status: 503 }).reply("GET me", { data: 1 });
  await client.use([retry, auth({ getToken: () => `t${(token += 1)}`, refresh: () => {} })]).get("me");
  expect(transport.requests.map(({ headers }) => headers["authorization"])).toEqual([
    "Bearer t1",
    "Bearer t2",
  ]);
});

it("two clients with one plugin share nothing", async () => {
  const refresh = vi.fn<() => unknown>(() => new Promise<void>(() => {}));
  const shared = auth({ refresh });
  const { client, transport } = createTestBench();
  transport.reply("GET me", { status: 401 });
  const [first, second] = [client.use([shared]), client.use([shared])];
  const pending = [first.get("me"), second.get("me")];
  await flushMicrotasks();
  expect(refresh).toHaveBeenCalledTimes(2);
  first.dispose();
  second.dispose();
  await Promise.all(pending);
});
