import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { refetch, type RefetchConfig, type RefetchOptions } from "./index.ts";

afterEach(() => void vi.unstubAllGlobals());

/** A source of events, and how many listen to it. */
function createEvents() {
  const listeners = new Set<() => void>();
  return {
    listeners,
    source(listener: () => void) {
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    async happen() {
      for (const listener of [...listeners]) listener();
      await flushMicrotasks();
    },
  };
}

function observing(config: RefetchConfig = {}, others: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  const [focus, network] = [createEvents(), createEvents()];
  const asked: string[] = [];
  for (const path of ["posts", "users"]) {
    bench.transport.reply(`GET ${path}`, () => {
      asked.push(path);
      return { data: asked.length };
    });
  }
  const plugin = refetch({ focusEvents: focus.source, reconnectEvents: network.source, ...config });
  const client = bench.client.use([plugin, ...others]);
  const mount = async (path: string, options?: RefetchOptions & { query?: object }) => {
    const observer = client.observe(path, options);
    observer.mount();
    await flushMicrotasks();
    asked.length = 0;
    return observer;
  };
  return { ...bench, client, focus, network, asked, mount };
}

describe.each(["focus", "network"] as const)("an event of the %s", (which) => {
  it("B-41: refetches once for each event and mounted observer", async () => {
    const { mount, asked, ...events } = observing();
    await mount("posts");
    await mount("posts");
    await mount("users");
    await events[which].happen();
    expect(asked).toEqual(["posts", "posts", "users"]);
    await events[which].happen();
    expect(asked).toHaveLength(6);
  });

  it("B-41: leaves alone who is not mounted, or no more", async () => {
    const { mount, asked, client, ...events } = observing();
    const observer = await mount("posts");
    await client.observe("users").send();
    await client.get("users");
    observer.unmount();
    asked.length = 0;
    await events[which].happen();
    expect(asked).toEqual([]);
    observer.mount();
    await flushMicrotasks();
    asked.length = 0;
    await events[which].happen();
    expect(asked).toEqual(["posts"]);
  });

  it("goes by the observer's latest options", async () => {
    const { mount, asked, transport, ...events } = observing();
    const observer = await mount("posts");
    observer.update({ query: { page: 2 } });
    await flushMicrotasks();
    await events[which].happen();
    expect(transport.requests.map(({ url }) => url)).toEqual(["posts", "posts?page=2", "posts?page=2"]);
    asked.length = 0;
    observer.update({ query: { page: 2 }, refetchOnWindowFocus: false, refetchOnReconnect: false });
    await events[which].happen();
    expect(asked).toEqual([]);
  });

  it("refetches no write", async () => {
    const { client, transport, ...events } = observing();
    transport.reply("POST posts", { status: 201 });
    const write = client.observeRequest("posts", { method: "POST" });
    write.mount();
    await write.send();
    await events[which].happen();
    expect(transport.requests).toHaveLength(1);
  });

  it("ends with the client", async () => {
    const { client, mount, asked, ...events } = observing();
    await mount("posts");
    expect(events[which].listeners.size).toBe(1);
    client.dispose();
    expect(events[which].listeners.size).toBe(0);
    await events[which].happen();
    expect(asked).toEqual([]);
  });

  it("is listened to while an observer is mounted, once", async () => {
    const { mount, ...events } = observing();
    expect(events[which].listeners.size).toBe(0);
    const observers = [await mount("posts"), await mount("users")];
    expect(events[which].listeners.size).toBe(1);
    for (const observer of observers) observer.unmount();
    expect(events[which].listeners.size).toBe(0);
    observers[0]?.mount();
    expect(events[which].listeners.size).toBe(1);
  });

  it("reaches the other observers when one unmounts another", async () => {
    const { mount, asked, ...events } = observing();
    const first = await mount("posts");
    const second = await mount("users");
    first.subscribe(() => second.unmount());
    await events[which].happen();
    expect(asked).toContain("posts");
  });
});

describe("the options", () => {
  it("say which event counts, for all observers or for one", async () => {
    const { mount, asked, focus, network } = observing({ refetchOnWindowFocus: false });
    await mount("posts");
    await mount("users", { refetchOnWindowFocus: true, refetchOnReconnect: false });
    await focus.happen();
    expect(asked).toEqual(["users"]);
    await network.happen();
    expect(asked).toEqual(["users", "posts"]);
  });

  it("leave alone what the cache knows to be fresh, unless they say always", async () => {
    let fresh = true;
    const cache: ClientPlugin = {
      name: "cache",
      operations: ["read"],
      internal: ({ queryKey }) => ({ isFresh: () => fresh && queryKey === "GET posts" }),
      middleware({ stateManager, queryKey, forceRefetch }, next) {
        const entry = forceRefetch ? undefined : stateManager.getCache(queryKey);
        return entry ? { data: entry.state.data, status: 200 } : next();
      },
    };
    const { mount, asked, focus, network } = observing({ refetchOnReconnect: "always" }, [cache]);
    await mount("posts");
    await mount("users");
    await focus.happen();
    expect(asked).toEqual(["users"]);
    await network.happen();
    expect(asked).toEqual(["users", "posts", "users"]);
    fresh = false;
    await focus.happen();
    expect(asked).toEqual(["users", "posts", "users", "posts", "users"]);
  });
});

describe("in a browser", () => {
  it("the page is shown again, and the network is back", async () => {
    const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
    const window = new EventTarget();
    vi.stubGlobal("document", document);
    vi.stubGlobal("window", window);
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    const observer = client.use([refetch()]).observe("posts");
    observer.mount();
    const happen = async (target: EventTarget, type: string) => {
      target.dispatchEvent(new Event(type));
      await flushMicrotasks();
      return transport.requests.length;
    };
    document.visibilityState = "hidden";
    expect(await happen(document, "visibilitychange")).toBe(1);
    document.visibilityState = "visible";
    expect(await happen(document, "visibilitychange")).toBe(2);
    expect(await happen(window, "online")).toBe(3);
    observer.unmount();
    expect(await happen(document, "visibilitychange")).toBe(3);
    expect(await happen(window, "online")).toBe(3);
  });

  it("is not needed: without a page nothing ever happens", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    const observer = client.use([refetch()]).observe("posts");
    observer.mount();
    await flushMicrotasks();
    observer.unmount();
    expect(transport.requests).toHaveLength(1);
  });
});

it("two clients with one plugin share nothing", async () => {
  const focus = createEvents();
  const shared = refetch({ focusEvents: focus.source });
  const { client, transport } = createTestBench();
  transport.reply("GET posts", { data: 1 });
  const [first, second] = [client.use([shared]), client.use([shared])];
  for (const each of [first, second]) each.observe("posts").mount();
  await flushMicrotasks();
  first.dispose();
  await focus.happen();
  expect(transport.requests).toHaveLength(3);
  second.dispose();
  expect(focus.listeners.size).toBe(0);
});
