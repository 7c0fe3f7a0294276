import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { defineUpdate, optimistic } from "./index.ts";

interface Api {
  "posts/:id": { GET: { data: string[]; reads: readonly ["posts/:id"] } };
  posts: { POST: { data: string; body: string } };
}

const update = defineUpdate<Api>();

describe("defineUpdate", () => {
  it.each([
    ["a path", update("posts/:id", { params: { id: 1 }, update: (posts) => [...posts, "new"] })],
    ["a tag", update.tags("posts/1", (posts) => [...posts, "new"])],
    ["several patterns", update.tags(["posts/1", "posts/*"], (posts) => [...posts, "new"])],
  ])("makes updates that are shown, by %s", async (_what, added) => {
    const { transport, client: bare } = createTestBench<Api>();
    transport.reply("GET posts/1", { data: ["old"] });
    transport.hold("POST posts");
    const client = bare.use([optimistic()]);
    await client.get("posts/:id", { params: { id: 1 } });
    void client.post("posts", { body: "new", optimistic: added });
    await flushMicrotasks();
    expect(client.stateManager.getCache("GET posts/1")?.state.data).toEqual(["old", "new"]);
    client.dispose();
  });
});
