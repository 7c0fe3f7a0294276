import { createTestBench } from "@x/client/testing";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { indexedDbStorage, jsonStorage, persist, type PersistConfig, type TextStorage } from "./index.ts";

beforeEach(() => void vi.stubGlobal("indexedDB", new IDBFactory()));
afterEach(() => void vi.unstubAllGlobals());

/** Reads something in one run of an application, and gives what the next run knows of it. */
async function acrossReload(config: PersistConfig, data: unknown) {
  const first = createTestBench();
  first.transport.reply("GET items", { data });
  const client = first.client.use([persist(config)]);
  await client.get("items");
  await client.savePersisted();
  const second = createTestBench();
  const next = second.client.use([persist(config)]);
  await next.restorePersisted();
  expect([...first.reported, ...second.reported]).toEqual([]);
  return next.stateManager.getCache("GET items")?.state.data;
}

const RICH = { at: new Date(0), big: 1n, ids: new Set([1]), by: new Map([["a", { b: [null, undefined] }]]) };

describe("IndexedDB", () => {
  it("keeps data as it is, and is the default where there is one", async () => {
    expect(await acrossReload({}, RICH)).toEqual(RICH);
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(["client"]);
  });

  it("has a database for each name, and a state for each key", async () => {
    const storage = indexedDbStorage("my-app");
    expect(await acrossReload({ storage, storageKey: "one" }, 1)).toBe(1);
    expect(await acrossReload({ storage, storageKey: "two" }, 2)).toBe(2);
    expect(await storage.get("one")).toMatchObject({ entries: [{ state: { data: 1 } }] });
    await storage.delete("one");
    expect(await storage.get("one")).toBeUndefined();
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(["my-app"]);
  });

  it("is not opened before it is used", async () => {
    createTestBench()
      .client.use([persist({ storage: indexedDbStorage("my-app") })])
      .dispose();
    expect(await indexedDB.databases()).toEqual([]);
  });

  it("leaves out what cannot be copied, and keeps the rest", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("GET file", { data: new ReadableStream() }).reply("GET items", { data: 1 });
    const keeping = client.use([persist()]);
    await keeping.get("file", { responseType: "stream" });
    await keeping.get("items");
    await keeping.savePersisted();
    const next = createTestBench().client.use([persist()]);
    await next.restorePersisted();
    expect(next.stateManager.findKeys("*")).toEqual(["GET items"]);
    expect(reported).toEqual([]);
  });
});

describe("a storage of texts", () => {
  function createTexts(wrap: <Value>(value: Value) => Value | Promise<Value>): TextStorage {
    const texts = new Map<string, string>();
    return {
      getItem: (key) => wrap<string | null>(texts.get(key) ?? null),
      setItem: (key, text) => wrap(texts.set(key, text)),
      removeItem: (key) => wrap(texts.delete(key)),
    };
  }

  it("keeps what JSON can hold", async () => {
    const data = { at: new Date(0), list: [1, "a", null, true] };
    const storage = jsonStorage(createTexts((value) => value));
    expect(await acrossReload({ storage }, data)).toEqual({ ...data, at: "1970-01-01T00:00:00.000Z" });
  });

  it("may be asynchronous", async () => {
    const storage = jsonStorage(createTexts((value) => Promise.resolve(value)));
    expect(await acrossReload({ storage, schemaVersion: "2" }, [1])).toEqual([1]);
    await storage.delete("client-state");
    expect(await storage.get("client-state")).toBeUndefined();
  });

  it("that holds no JSON is reported, and written anew", async () => {
    const texts = createTexts((value) => value);
    await texts.setItem("client-state", "{");
    const { client, transport, reported } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const storage = jsonStorage(texts);
    const keeping = client.use([persist({ storage })]);
    await keeping.get("items");
    expect(reported.map(({ code }) => code)).toEqual(["PERSIST_FAILED"]);
    await keeping.savePersisted();
    expect(await storage.get("client-state")).toMatchObject({ entries: [{ key: "GET items" }] });
  });
});
