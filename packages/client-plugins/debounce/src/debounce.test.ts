import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { debounce, type DebounceConfig } from "./index.ts";

/** A client whose server answers a search with the text that was searched for. */
function searching(config?: DebounceConfig) {
  const bench = createTestBench();
  const textOf = (url: string) => new URLSearchParams(url.split("?")[1]).get("text");
  for (const route of ["GET search", "POST search", "GET users/1", "GET users/2"])
    bench.transport.reply(route, ({ url }) => ({ data: textOf(url) }));
  const client = bench.client.use([debounce(config)]);
  const search = (
    text: string,
    options: { debounceMs?: number; signal?: AbortSignal } = { debounceMs: 300 },
  ) => client.get("search", { query: { text }, ...options });
  const sent = () => bench.transport.requests.map(({ url }) => textOf(url));
  return { ...bench, client, search, sent };
}

describe("a burst", () => {
  it("B-38: is one fetch, for its last request", async () => {
    const { search, sent, clock } = searching();
    const all = [search("a")];
    for (const text of ["ab", "abc"]) {
      await clock.advance(299);
      all.push(search(text));
    }
    await clock.advance(299);
    expect(sent()).toEqual([]);
    await clock.advance(1);
    expect(sent()).toEqual(["abc"]);
    expect((await all[2])?.data).toBe("abc");
  });

  it("B-38: settles every superseded call at once, and says so", async () => {
    const { client, clock } = searching();
    const settled: unknown[] = [];
    for (const text of ["a", "ab", "abc"]) {
      void client
        .get("search", { query: { text }, debounceMs: 300 })
        .then(({ error, aborted, status }) => settled.push([text, error?.code, aborted, status]));
      await flushMicrotasks();
    }
    expect(settled).toEqual([
      ["a", "SUPERSEDED", false, 0],
      ["ab", "SUPERSEDED", false, 0],
    ]);
    await clock.advance(300);
    expect(settled).toHaveLength(3);
    expect(clock.scheduled).toBe(0);
  });

  it("B-38: may come again later, on the same key", async () => {
    const { search, sent, clock } = searching();
    for (let burst = 0; burst < 3; burst += 1) {
      const pending = [search("a"), search("a")];
      await clock.advance(300);
      expect((await Promise.all(pending)).map(({ data }) => data)).toEqual([undefined, "a"]);
    }
    expect(sent()).toEqual(["a", "a", "a"]);
  });

  it("is of one path, whatever the query: other paths are other bursts", async () => {
    const { client, clock, transport } = searching();
    const users = [1, 2].map((id) => client.get("users/:id", { params: { id }, debounceMs: 300 }));
    await clock.advance(300);
    expect((await Promise.all(users)).map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(transport.requests).toHaveLength(2);
  });

  it("does not take in what has been sent already", async () => {
    const { client, transport, clock } = createTestBench();
    const held = transport.hold("GET search");
    const debounced = client.use([debounce({ debounceMs: 300 })]);
    const first = debounced.get("search", { query: { text: "a" } });
    await clock.advance(300);
    const second = debounced.get("search", { query: { text: "ab" } });
    await clock.advance(300);
    held[0]?.reply({ data: 1 });
    held[1]?.reply({ data: 2 });
    expect([(await first).data, (await second).data]).toEqual([1, 2]);
  });
});

describe("observers", () => {
  it("have a burst each, whatever their keys", async () => {
    const { client, clock, sent } = searching({ debounceMs: 300 });
    const observer = client.observe("search", { query: { text: "a" } });
    observer.mount();
    for (const text of ["ab", "abc"]) {
      await clock.advance(200);
      observer.update({ query: { text } });
    }
    expect(observer.getSnapshot()).toMatchObject({ fetching: true, error: undefined });
    await clock.advance(300);
    expect(sent()).toEqual(["abc"]);
    expect(observer.getSnapshot()).toMatchObject({ data: "abc", fetching: false, error: undefined });
    observer.unmount();
  });

  it("B-38: do not interfere, neither on one key nor with calls of the client", async () => {
    const { client, clock, search, sent } = searching();
    const options = { query: { text: "a" }, debounceMs: 300 };
    const observers = [client.observe("search", options), client.observe("search", options)];
    observers[0]?.mount();
    await clock.advance(100);
    observers[1]?.mount();
    const called = search("a");
    await clock.advance(200);
    expect(sent()).toEqual(["a"]);
    await clock.advance(100);
    expect(sent()).toEqual(["a", "a", "a"]);
    expect((await called).data).toBe("a");
    for (const observer of observers) observer.unmount();
  });

  it("that unmount leave nothing scheduled, and their call settles", async () => {
    const { client, clock, sent } = searching();
    const observer = client.observe("search", { query: { text: "a" } });
    const pending = observer.send({ debounceMs: 300 });
    observer.mount();
    await flushMicrotasks();
    const waiting = observer.send({ debounceMs: 300 });
    observer.unmount();
    expect(clock.scheduled).toBe(0);
    expect([(await pending).error?.code, (await waiting).error?.code]).toEqual(["SUPERSEDED", "SUPERSEDED"]);
    await clock.advance(1_000);
    expect(sent()).toEqual(["a"]);
  });
});

describe("what does not wait", () => {
  it("is a request without a delay", async () => {
    const { search, sent } = searching({ debounceMs: 300 });
    await search("a", { debounceMs: 0 });
    expect(sent()).toEqual(["a"]);
  });

  it("is any request, unless somebody asks for it", async () => {
    const { search, sent } = searching();
    await Promise.all([search("a", {}), search("ab", {})]);
    expect(sent()).toEqual(["a", "ab"]);
  });

  it("is a forced refetch, which supersedes what waits", async () => {
    const { client, search, sent, clock } = searching();
    const waiting = search("a");
    await clock.advance(100);
    const forced = await client.get("search", { query: { text: "b" }, debounceMs: 300, forceRefetch: true });
    expect([forced.data, (await waiting).error?.code]).toEqual(["b", "SUPERSEDED"]);
    expect([sent(), clock.scheduled]).toEqual([["b"], 0]);
  });

  it("is a write, unless it asks to: none is dropped by a default", async () => {
    const { client, clock, transport } = searching({ debounceMs: 300 });
    await Promise.all([client.post("search"), client.post("search")]);
    expect(transport.requests).toHaveLength(2);
    const saves = [1, 2, 3].map((body) => client.post("search", { body, debounceMs: 500 }));
    await clock.advance(500);
    expect((await Promise.all(saves)).map(({ error }) => error?.code)).toEqual([
      "SUPERSEDED",
      "SUPERSEDED",
      undefined,
    ]);
    expect(transport.requests.slice(2).map(({ body }) => body)).toEqual(["3"]);
  });

  it("is what the plugin's operations leave out, and they may be others", async () => {
    const { client, clock, search, sent, transport } = searching({ debounceMs: 300, operations: ["write"] });
    await search("a", {});
    expect(sent()).toEqual(["a"]);
    const saves = [client.post("search"), client.post("search")];
    await clock.advance(300);
    await Promise.all(saves);
    expect(transport.requests).toHaveLength(2);
  });
});

describe("the end of a wait", () => {
  it("comes at once when the caller aborts", async () => {
    const { search, sent, clock } = searching();
    const controller = new AbortController();
    const pending = search("a", { debounceMs: 300, signal: controller.signal });
    await clock.advance(100);
    controller.abort(new Error("bored"));
    expect(await pending).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
    expect(clock.scheduled).toBe(0);
    const next = search("ab");
    await clock.advance(300);
    expect([(await next).data, sent()]).toEqual(["ab", ["ab"]]);
  });

  it("comes when the client is disposed, and nothing is left", async () => {
    const { client, search, sent, clock } = searching();
    const observer = client.observe("search", { debounceMs: 300 });
    observer.mount();
    const pending = search("a");
    await clock.advance(100);
    client.dispose();
    expect(clock.scheduled).toBe(0);
    expect((await pending).error?.code).toBe("CLIENT_DISPOSED");
    expect(sent()).toEqual([]);
  });

  it("has come before the wait, for a request that an outer plugin held until then", async () => {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply("GET search", { data: 1 });
    let letGo = () => {};
    const client = bare.use([
      debounce({ debounceMs: 300 }),
      {
        name: "test:holding",
        priority: -50,
        async middleware(_, next) {
          await new Promise<void>((resolve) => (letGo = resolve));
          return next();
        },
      },
    ]);
    const pending = client.get("search");
    client.dispose();
    letGo();
    expect((await pending).error?.code).toBe("CLIENT_DISPOSED");
    expect([clock.scheduled, transport.requests.length]).toEqual([0, 0]);
  });
});

it("two clients with one plugin share nothing", async () => {
  const shared = debounce({ debounceMs: 300 });
  const { client, transport, clock } = createTestBench();
  transport.reply("GET search", { data: 1 });
  const clients = [client.use([shared]), client.use([shared])];
  const pending = clients.map((each) => each.get("search"));
  await clock.advance(299);
  clients[0]?.dispose();
  await clock.advance(1);
  expect((await Promise.all(pending)).map(({ error }) => error?.code)).toEqual([
    "CLIENT_DISPOSED",
    undefined,
  ]);
});
