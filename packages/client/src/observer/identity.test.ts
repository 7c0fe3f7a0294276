import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { signedIn } from "../test-support/signed-in.ts";
import type { ClientResponse } from "../request/response.ts";
import { flushMicrotasks } from "../testing/index.ts";

const IDLE = { data: undefined, error: undefined, status: "idle", fetching: false, stale: false, meta: {} };

/** Says in the meta for whom a request was made. */
const telling: ClientPlugin = {
  name: "test:telling",
  middleware(context, next) {
    context.setMeta({ by: context.identity });
    return next();
  },
};

describe("a mounted observer, when another user comes", () => {
  it("shows nothing of the one before, and fetches for the current one", async () => {
    const { client, become, clock } = signedIn("ada");
    const observer = client.observe("me");
    observer.mount();
    await clock.advance(0);
    const shown: unknown[] = [];
    observer.subscribe(() => shown.push(observer.getSnapshot().data));
    become("grace");
    client.checkIdentity();
    expect(observer.getSnapshot()).toEqual({ ...IDLE, status: "pending", fetching: true });
    await clock.advance(0);
    expect(observer.getSnapshot()).toEqual({ ...IDLE, data: "grace's", status: "success" });
    expect(new Set(shown)).toEqual(new Set([undefined, "grace's"]));
  });

  it("notices by itself when it is looked at", async () => {
    const { client, become, clock } = signedIn("ada");
    const observer = client.observe("me");
    observer.mount();
    await clock.advance(0);
    become("grace");
    expect(observer.getSnapshot()).toEqual({ ...IDLE, status: "pending", fetching: true });
    await clock.advance(0);
    expect(observer.getSnapshot().data).toBe("grace's");
  });

  it.each(["refetch", "send"] as const)("fetches for the current one by %s", async (method) => {
    const { client, become, clock } = signedIn("ada");
    const observer = client.observe("me");
    observer.mount();
    await clock.advance(0);
    become("grace");
    expect((await observer[method]()).data).toBe("grace's");
    expect(observer.getSnapshot()).toMatchObject({ data: "grace's", fetching: false });
  });

  it("drops the error, the meta and the answer under way of the one before", async () => {
    const { client, transport, become, clock } = signedIn("ada");
    transport.reply("GET failing", { status: 403, data: "ada may not" });
    const held = transport.hold("GET failing");
    const observer = client.use([telling]).observe("failing");
    observer.mount();
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ error: { body: "ada may not" }, meta: { by: "ada" } });
    void observer.refetch();
    await flushMicrotasks();
    become("grace");
    const { error, meta } = observer.getSnapshot();
    expect([error, meta]).toEqual([undefined, { by: "grace" }]);
    await flushMicrotasks();
    held[0]?.reply({ data: "ada's" });
    held[1]?.reply({ data: "grace's" });
    await clock.advance(0);
    expect(observer.getSnapshot()).toMatchObject({ data: "grace's", error: undefined });
  });

  it("tells plugins by onUpdate, with another key and fresh scratch space", async () => {
    const { client, become, clock } = signedIn("ada");
    const told: unknown[] = [];
    const cleaned: unknown[] = [];
    const following: ClientPlugin = {
      name: "test:following",
      middleware(context, next) {
        context.temp.set("by", context.identity);
        context.onCleanup(() => cleaned.push(context.identity));
        return next();
      },
      lifecycle: {
        onMount: ({ queryKey }) => void told.push(queryKey),
        onUpdate: (context, previous) =>
          void told.push([context.queryKey, context.temp.size, previous.queryKey, previous.temp.get("by")]),
        onUnmount: ({ queryKey }) => void told.push(queryKey),
      },
    };
    const observer = client.use([following]).observe("me");
    observer.mount();
    await clock.advance(0);
    become("grace");
    observer.getSnapshot();
    await clock.advance(0);
    observer.unmount();
    expect(told).toEqual(["@ada GET me", ["@grace GET me", 0, "@ada GET me", "ada"], "@grace GET me"]);
    expect(cleaned).toEqual(["ada", "grace"]);
  });

  it("fetches once for the current one, whoever notices", async () => {
    const { client, transport, become, clock } = signedIn("ada");
    const observers = [client.observe("me"), client.observe("me", { query: { page: 2 } })];
    for (const observer of observers) observer.mount();
    await clock.advance(0);
    const before = transport.requests.length;
    become("grace");
    observers[0]?.update({ query: { page: 3 } });
    await clock.advance(0);
    expect(transport.requests.slice(before).map(({ url }) => url)).toEqual(["me?page=3", "me?page=2"]);
    become("ada");
    client.observe("me", { query: { page: 4 } }).mount();
    await clock.advance(0);
    expect(
      transport.requests
        .slice(before + 2)
        .map(({ url }) => url)
        .toSorted(),
    ).toEqual(["me?page=2", "me?page=3", "me?page=4"]);
  });
});

it("an observer that is the first to notice when it is mounted begins as any other", async () => {
  const { client, transport, become, clock } = signedIn("ada");
  const told: string[] = [];
  const following: ClientPlugin = {
    name: "test:following",
    lifecycle: {
      onMount: ({ queryKey }) => void told.push(`mount ${queryKey}`),
      onUpdate: ({ queryKey }) => void told.push(`update ${queryKey}`),
    },
  };
  const observer = client.use([following]).observe("me");
  become("grace");
  observer.mount();
  await clock.advance(0);
  expect(told).toEqual(["mount @grace GET me"]);
  expect(transport.requests).toHaveLength(1);
});

describe("an observer that is not mounted, when another user comes", () => {
  it("shows what there is for the current one", async () => {
    const { client, become } = signedIn("ada");
    const observer = client.observe("me");
    await observer.send();
    expect(observer.getSnapshot().data).toBe("ada's");
    become("grace");
    expect(observer.getSnapshot()).toEqual(IDLE);
    await client.get("me");
    expect(observer.getSnapshot()).toMatchObject({ data: "grace's", status: "success" });
  });

  it("shows no failure that was the one before's", async () => {
    const { client, transport, become } = signedIn("ada");
    transport.hold("GET slow");
    const observer = client.observe("slow");
    const pending = observer.send();
    await flushMicrotasks();
    become("grace");
    client.checkIdentity();
    expect((await pending).error?.code).toBe("IDENTITY_CHANGED");
    expect(observer.getSnapshot()).toEqual(IDLE);
  });
});

describe("an observer of a write, when another user comes", () => {
  it.each([true, false])("shows nothing of it and sends nothing again (mounted: %s)", async (mounted) => {
    const { client, transport, become, clock } = signedIn("ada");
    transport.reply("POST orders", { data: "ada's order" });
    const observer = client.use([telling]).observeRequest("orders", { method: "POST" });
    if (mounted) observer.mount();
    await observer.send({ body: "ada's" });
    expect(observer.getSnapshot()).toMatchObject({ data: "ada's order", meta: { by: "ada" } });
    become("grace");
    expect(observer.getSnapshot()).toEqual(IDLE);
    await clock.advance(0);
    expect(transport.requests).toHaveLength(1);
    await observer.refetch();
    expect(transport.requests.map(({ body }) => body)).toEqual(["ada's", undefined]);
  });

  it("sends nothing that the one before has given it, when it is the first to notice", async () => {
    const { client, transport, become } = signedIn("ada");
    transport.reply("POST orders", {});
    const observer = client.observeRequest("orders", { method: "POST" });
    await observer.send({ body: "ada's" });
    become("grace");
    await observer.refetch();
    expect(transport.requests.map(({ body }) => body)).toEqual(["ada's", undefined]);
  });

  it("sends nothing for a plugin that still has a request of the one before", async () => {
    const { client, transport, become } = signedIn("ada");
    transport.reply("POST orders", {});
    const again: (() => Promise<ClientResponse>)[] = [];
    const keeping: ClientPlugin = {
      name: "test:keeping",
      middleware(context, next) {
        again.push(() => context.refetch());
        return next();
      },
    };
    const observer = client.use([keeping]).observeRequest("orders", { method: "POST", body: "ada's" });
    await observer.send();
    become("grace");
    expect((await again[0]!()).error?.code).toBe("IDENTITY_CHANGED");
    expect(transport.requests).toHaveLength(1);
  });

  it("does not wait for the answer of the one before", async () => {
    const { client, transport, become } = signedIn("ada");
    const held = transport.hold("POST orders");
    const observer = client.observeRequest("orders", { method: "POST" });
    observer.mount();
    const pending = observer.send({ body: "ada's" });
    await flushMicrotasks();
    become("grace");
    client.checkIdentity();
    expect(observer.getSnapshot()).toEqual(IDLE);
    held[0]?.reply({ data: "ada's order" });
    expect((await pending).error?.code).toBe("IDENTITY_CHANGED");
    expect(observer.getSnapshot()).toEqual(IDLE);
  });
});
