import { describe, expect, it } from "vitest";
import { createTestBench } from "../testing/index.ts";

/** A client, and the keys that its event `change` has named. */
function listening() {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: 1 }).reply("GET broken", { status: 500 });
  const changed: (string | undefined)[] = [];
  bench.client.eventEmitter.on("change", ({ queryKey }) => changed.push(queryKey));
  return { ...bench, changed };
}

describe("the event change", () => {
  it("names the key of every change, whether anybody is subscribed to it or not", async () => {
    const { client, changed } = listening();
    await client.get("posts");
    const { stateManager } = client;
    stateManager.markStale("posts");
    stateManager.setCache("other", { state: { data: 2 } });
    stateManager.setMeta("other", { seen: true });
    const view = stateManager.addView("other", { show: () => 3 });
    view.remove();
    stateManager.deleteCache("other");
    expect(changed).toEqual(["GET posts", "GET posts", ...Array.from({ length: 5 }, () => "other")]);
  });

  it("names no key when everything is forgotten", () => {
    const { client, changed } = listening();
    client.stateManager.clear();
    expect(changed).toEqual([undefined]);
  });

  it("is silent where nothing changes", async () => {
    const { client, changed } = listening();
    await client.get("broken");
    client.stateManager.markStale("*");
    client.stateManager.deleteCache("GET broken");
    expect(changed).toEqual([]);
  });

  it("comes before the subscribers of the key, so that it tells changes in their order", () => {
    const { client, changed } = listening();
    const { stateManager } = client;
    stateManager.subscribe("first", () => stateManager.setCache("second", { state: { data: 2 } }));
    stateManager.setCache("first", { state: { data: 1 } });
    expect(changed).toEqual(["first", "second"]);
  });
});
