import { flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import type { StateStorage } from "./index.ts";
import { KEY, keptKeys, run, start } from "./test-support/start.ts";

describe("another user", () => {
  it("gets nothing of what was kept for the one before", async () => {
    const storage = new Map();
    await run(storage, { identity: () => "ada" }, "posts");
    const { client, get, transport } = start(storage, { identity: () => "grace" });
    await client.restorePersisted();
    expect([client.stateManager.size, storage.size]).toEqual([0, 0]);
    await get("posts");
    expect(transport.requests).toHaveLength(1);
  });

  it("is also nobody, and somebody after nobody", async () => {
    for (const [before, after] of [
      ["ada", undefined],
      [undefined, "ada"],
    ]) {
      const storage = new Map();
      await run(storage, { identity: () => before }, "posts");
      const { client } = start(storage, { identity: () => after });
      await client.restorePersisted();
      expect(client.stateManager.size).toBe(0);
    }
  });

  it("clears everything while the client runs, and late answers of the one before are dropped", async () => {
    const storage = new Map();
    let user = "ada";
    const { client, get, transport, clock } = start(storage, { identity: () => user });
    await get("posts");
    await client.savePersisted();
    const held = transport.hold("GET slow");
    const late = get("slow");
    await flushMicrotasks();
    user = "grace";
    expect(await get("posts")).toBe("GET posts 2");
    held[0]?.reply({ data: "ada's" });
    expect(await late).toBeUndefined();
    await clock.advance(1_000);
    expect(client.stateManager.findKeys("*")).toEqual([client.queryKeyOf("posts")]);
    expect(storage.get(KEY)).toMatchObject({
      identity: "grace",
      entries: [{ state: { data: "GET posts 2" } }],
    });
  });

  it("is noticed before anything is saved, also without another request", async () => {
    const storage = new Map();
    let user: string | undefined = "ada";
    const { client, get, clock } = start(storage, { identity: () => user });
    await get("posts");
    await client.savePersisted();
    client.stateManager.markStale("*");
    user = undefined;
    await client.savePersisted();
    expect([client.stateManager.size, clock.scheduled]).toEqual([0, 0]);
    expect(keptKeys(storage)).toBeUndefined();
  });

  it("who comes while the storage is asked gets nothing", async () => {
    const storage = new Map();
    await run(storage, { identity: () => "ada" }, "posts");
    let user = "ada";
    let answer = () => {};
    const slow: StateStorage = {
      get: (key) => new Promise((resolve) => (answer = () => resolve(storage.get(key)))),
      set: (key, value) => storage.set(key, value),
      delete: (key) => storage.delete(key),
    };
    const { client } = start(slow, { identity: () => user });
    const restored = client.restorePersisted();
    await flushMicrotasks();
    user = "grace";
    answer();
    await restored;
    expect([client.stateManager.size, storage.size]).toEqual([0, 0]);
  });
});
