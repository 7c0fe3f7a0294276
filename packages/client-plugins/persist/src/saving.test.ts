import { flushMicrotasks } from "@x/client/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { StateStorage } from "./index.ts";
import { KEY, keptKeys, run, start } from "./test-support/start.ts";

afterEach(() => void vi.unstubAllGlobals());

describe("saving", () => {
  it("comes once for many changes, a little later", async () => {
    const storage = new Map();
    const set = vi.spyOn(storage, "set");
    const { get, clock } = start(storage);
    await Promise.all([get("posts"), get("users")]);
    await clock.advance(999);
    expect(set).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(set).toHaveBeenCalledTimes(1);
    expect([keptKeys(storage), clock.scheduled]).toEqual([["GET posts", "GET users"], 0]);
  });

  it("is not done when nothing has changed", async () => {
    const storage = new Map();
    const set = vi.spyOn(storage, "set");
    const { get, clock, client } = start(storage);
    for (let time = 0; time < 3; time += 1) {
      await get("posts");
      await clock.advance(1_000);
    }
    await client.savePersisted();
    expect(set).toHaveBeenCalledTimes(1);
    client.stateManager.markStale("posts");
    await client.savePersisted();
    expect(set).toHaveBeenCalledTimes(2);
  });

  it("waits for what was kept, so that it is not lost", async () => {
    const storage = new Map();
    await run(storage, {}, "posts");
    const { client } = start(storage);
    await client.post("posts");
    client.stateManager.setCache("GET users", { state: { data: "written" } });
    await client.savePersisted();
    expect(keptKeys(storage)).toEqual(["GET users", "GET posts"]);
  });

  it("is done when the page is hidden, whatever has changed by then", async () => {
    const storage = new Map();
    const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
    vi.stubGlobal("document", document);
    const { client, get, clock } = start(storage);
    await get("posts");
    document.dispatchEvent(new Event("visibilitychange"));
    await flushMicrotasks();
    expect(storage.size).toBe(0);
    document.visibilityState = "hidden";
    document.dispatchEvent(new Event("visibilitychange"));
    await flushMicrotasks();
    expect([keptKeys(storage), clock.scheduled]).toEqual([["GET posts"], 0]);
    client.dispose();
    client.stateManager.setCache("GET late", { state: { data: 1 } });
    document.dispatchEvent(new Event("visibilitychange"));
    await flushMicrotasks();
    expect(keptKeys(storage)).toEqual(["GET posts"]);
  });

  it("keeps what the server said, and not what it has yet to confirm", async () => {
    const storage = new Map();
    const { client, get } = start(storage);
    await get("posts");
    client.stateManager.addView("GET posts", { show: () => "pending" });
    await client.savePersisted();
    expect(storage.get(KEY)).toMatchObject({ entries: [{ state: { data: "GET posts 1" }, stale: true }] });
  });

  it("leaves out what a read does not want kept, and what the plugin does not unless a read wants it", async () => {
    for (const [config, kept] of [
      [{}, ["GET posts"]],
      [{ persist: false }, ["GET users"]],
    ] as const) {
      const storage = new Map();
      const { client, get } = start(storage, config);
      await get("posts");
      // Each asks for the opposite of what the plugin does.
      await get("users", { persist: "persist" in config });
      await client.savePersisted();
      expect(keptKeys(storage)).toEqual(kept);
    }
  });

  it("keeps what was restored, whether or not it is read again", async () => {
    const storage = new Map();
    const first = start(storage, { persist: false });
    await first.get("posts", { persist: true });
    await first.client.savePersisted();
    const second = start(storage, { persist: false });
    await second.get("users", { persist: true });
    await second.client.savePersisted();
    expect(keptKeys(storage)).toEqual(["GET posts", "GET users"]);
  });

  it("is done one at a time, and a clearing that comes last is last", async () => {
    const log: string[] = [];
    let release = () => {};
    const slow: StateStorage = {
      get: () => undefined,
      set: (_, value) => {
        log.push(`begin ${(value as { entries: unknown[] }).entries.length}`);
        return new Promise<void>((resolve) => (release = resolve)).then(() => log.push("end"));
      },
      delete: () => log.push("delete"),
    };
    const { client, get } = start(slow);
    await get("posts");
    const first = client.savePersisted();
    await flushMicrotasks();
    await get("users");
    const second = client.savePersisted();
    await flushMicrotasks();
    expect(log).toEqual(["begin 1"]);
    release();
    await first;
    await flushMicrotasks();
    const cleared = client.clearPersisted();
    await flushMicrotasks();
    expect(log).toEqual(["begin 1", "end", "begin 2"]);
    release();
    await Promise.all([second, cleared]);
    expect(log).toEqual(["begin 1", "end", "begin 2", "end", "delete"]);
  });
});

describe("clearPersisted", () => {
  it("forgets what was kept, and a save that was due does not bring it back", async () => {
    const storage = new Map();
    const { client, get, clock } = start(storage);
    await get("posts");
    await client.savePersisted();
    await get("users");
    await client.clearPersisted();
    await clock.advance(10_000);
    expect([storage.size, clock.scheduled, client.stateManager.size]).toEqual([0, 0, 2]);
  });
});

describe("PERSIST_FAILED is reported, and fails no request,", () => {
  const failing = (method: keyof StateStorage): StateStorage => ({
    get: () => undefined,
    set: () => {},
    delete: () => {},
    [method]: () => Promise.reject(new Error("disk full")),
  });

  it.each(["get", "set", "delete"] as const)("when the storage's %s fails", async (method) => {
    const { client, get, clock, reported } = start(failing(method));
    expect(await get("posts")).toBe("GET posts 1");
    await clock.advance(1_000);
    await client.clearPersisted();
    expect(reported.map(({ code, plugin }) => [code, plugin])).toEqual([["PERSIST_FAILED", "persist"]]);
    expect(reported[0]?.cause).toMatchObject({ message: "disk full" });
  });

  it("and saving is tried again", async () => {
    const storage = new Map();
    const set = vi.spyOn(storage, "set").mockImplementationOnce(() => {
      throw new Error("busy");
    });
    const { client, get, reported } = start(storage);
    await get("posts");
    await client.savePersisted();
    await client.savePersisted();
    expect([set.mock.calls.length, reported.length, keptKeys(storage)]).toEqual([2, 1, ["GET posts"]]);
  });
});
