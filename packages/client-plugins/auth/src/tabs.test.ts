import { createClient, inProcessTransport } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { auth, type AuthConfig, type Locks } from "./index.ts";

afterEach(() => void vi.unstubAllGlobals());

/** The Web Locks of the platform that the tests run on. Node has them since version 24. */
const platformLocks = navigator.locks as Locks | undefined;

/** What stands for them on an older one: one at a time. */
function createQueue(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_name, _options, callback) {
      const done = last.then(callback);
      last = done.catch(() => {});
      return done;
    },
  };
}

/** Whether somebody holds a lock of the platform. */
const isAnyHeld = async () => ((await navigator.locks?.query())?.held ?? []).length > 0;

/** A server that takes a refresh token once, as servers do that rotate them. */
function createServer() {
  const state = { access: "a1", refresh: "r1", refreshes: 0 };
  const handler = async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/refresh") {
      const given = await request.text();
      // Everybody who uses a token again is signed out.
      if (given !== state.refresh) return new Response("reused", { status: 400 });
      state.refreshes += 1;
      state.refresh = `r${state.refreshes + 1}`;
      state.access = `a${state.refreshes + 1}`;
      return Response.json({ access: state.access, refresh: state.refresh });
    }
    const signed = request.headers.get("authorization") === `Bearer ${state.access}`;
    return signed ? Response.json("yours") : new Response(null, { status: 401 });
  };
  return { state, handler };
}

/** Tabs of one user: clients of their own over one storage. */
function openTabs(count: number, locks: AuthConfig["locks"], lockName: string) {
  const server = createServer();
  const storage = { access: "a0", refresh: "r1" };
  const tabs = Array.from({ length: count }, () =>
    createClient({ transport: inProcessTransport(server.handler) }).use([
      auth({
        getToken: () => storage.access,
        async refresh({ send }) {
          const { data, error } = await send("refresh", { method: "POST", body: storage.refresh });
          if (error) throw error;
          Object.assign(storage, data);
        },
        locks,
        lockName,
      }),
    ]),
  );
  return { tabs, server: server.state, storage };
}

describe("tabs of one user", () => {
  it("B-46: refresh one at a time, and those who waited go on with what the first has got", async () => {
    const { tabs, server } = openTabs(5, platformLocks ?? createQueue(), "tabs-1");
    const all = await Promise.all(tabs.flatMap((tab) => Array.from({ length: 20 }, () => tab.get("me"))));
    expect(all.map(({ data }) => data)).toEqual(Array.from({ length: 100 }, () => "yours"));
    expect(server.refreshes).toBe(1);
    expect(await isAnyHeld()).toBe(false);
  });

  it("would sign each other out without locks", async () => {
    const { tabs } = openTabs(2, false, "tabs-2");
    const codes = (await Promise.all(tabs.map((tab) => tab.get("me")))).map(({ error }) => error?.code);
    expect(codes).toContain("REFRESH_FAILED");
  });

  it("get the lock when the refresh of another one fails", async () => {
    const { tabs, storage, server } = openTabs(2, platformLocks ?? createQueue(), "tabs-3");
    storage.refresh = "stolen";
    const failed = await Promise.all(tabs.map((tab) => tab.get("me")));
    expect(failed.map(({ error }) => error?.code)).toEqual(["REFRESH_FAILED", "REFRESH_FAILED"]);
    storage.refresh = server.refresh;
    expect((await tabs[0]?.get("me"))?.data).toBe("yours");
    for (const tab of tabs) tab.dispose();
    expect(await isAnyHeld()).toBe(false);
  });
});

describe("the lock", () => {
  /** Locks that nobody gets until the test says so. */
  function createLocks() {
    const waiting: { readonly name: string; get(): void }[] = [];
    const locks: Locks = {
      request: (name, { signal }, callback) =>
        new Promise((resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
          waiting.push({ name, get: () => void callback().then(resolve, reject) });
        }),
    };
    return { locks, waiting };
  }

  it("that another tab keeps is not waited for longer than the refresh may take", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET me", { status: 401 });
    const { locks, waiting } = createLocks();
    const refresh = vi.fn<() => unknown>();
    const pending = client.use([auth({ refresh, locks, refreshTimeoutMs: 1_000 })]).get("me");
    await clock.advance(1_000);
    expect((await pending).error).toMatchObject({ code: "REFRESH_FAILED", cause: { code: "TIMEOUT" } });
    waiting[0]?.get();
    await flushMicrotasks();
    expect([refresh.mock.calls.length, clock.scheduled]).toEqual([0, 0]);
  });

  it("is the browser's in a page, by one name for all tabs", async () => {
    const { locks, waiting } = createLocks();
    vi.stubGlobal("window", {});
    vi.stubGlobal("navigator", { locks });
    const { client, transport } = createTestBench();
    transport.reply("GET me", { status: 401 }).reply("GET me", { data: 1 });
    const pending = client.use([auth({ refresh: () => {} })]).get("me");
    await flushMicrotasks();
    expect(waiting.map(({ name }) => name)).toEqual(["client-auth"]);
    waiting[0]?.get();
    expect((await pending).data).toBe(1);
  });

  it("is none where a page has none, on a server, or where none is wanted", async () => {
    const request = vi.fn<() => unknown>();
    const read = async (locks?: false) => {
      const { client, transport } = createTestBench();
      transport.reply("GET me", { status: 401 }).reply("GET me", { data: 1 });
      return (await client.use([auth({ refresh: () => {}, locks })]).get("me")).data;
    };
    vi.stubGlobal("navigator", { locks: { request } });
    expect(await read()).toBe(1);
    vi.stubGlobal("window", {});
    expect(await read(false)).toBe(1);
    vi.stubGlobal("navigator", {});
    expect(await read()).toBe(1);
    expect(request).not.toHaveBeenCalled();
  });
});
