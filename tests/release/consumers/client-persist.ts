// What a user of @x/client-persist writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientErrorCode, ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  indexedDbStorage,
  jsonStorage,
  persist,
  type PersistConfig,
  type PersistErrorCode,
  type PersistMethods,
  type PersistOptions,
  type PersistTypes,
  type StateStorage,
  type Subscribe,
  type TextStorage,
} from "@x/client-persist";

interface Api {
  posts: { GET: { data: string[] } };
}

const texts = new Map<string, string>();
const textStorage: TextStorage = {
  getItem: (key) => texts.get(key) ?? null,
  setItem: (key, text) => texts.set(key, text),
  removeItem: (key) => texts.delete(key),
};
const storage: StateStorage = jsonStorage(textStorage);
const hideEvents: Subscribe = () => () => {};
const config: PersistConfig = { storage, schemaVersion: 2, hideEvents };
const plugin: ClientPlugin<PersistTypes> = persist(config);
assert.equal(plugin.name, "persist");
// Nothing is opened before it is used, so it may be made where there is no IndexedDB.
assert.equal(typeof indexedDbStorage("app").get, "function");

const first = createTestBench<Api>({ identity: "ada" });
first.transport.reply("GET posts", { data: ["first"] });
const client = first.client.use([persist(config)]);
const kept: PersistOptions = { persist: true };
await client.get("posts", kept);
const { savePersisted }: PersistMethods = client;
await savePersisted();
assert.equal(texts.size, 1);

const second = createTestBench<Api>({ identity: "ada" }).client.use([persist(config)]);
await second.restorePersisted();
assert.deepEqual(second.stateManager.getCache(second.queryKeyOf("posts"))?.state.data, ["first"]);
await second.clearPersisted();
assert.equal(texts.size, 0);

const code: ClientErrorCode & PersistErrorCode = "PERSIST_FAILED";
assert.equal(code, "PERSIST_FAILED");
// @ts-expect-error it holds texts, and not state
assert.ok(() => persist({ storage: textStorage }));
assert.deepEqual(first.reported, []);
client.dispose();
second.dispose();
