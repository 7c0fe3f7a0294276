import { setTimeout as sleep } from "node:timers/promises";
import { countRuns, type Scene } from "./scene.ts";

/** So that the two stand apart in the timeline. */
const PAUSE_MS = 3;

export const cachedRead: Scene = {
  title: "A cached read",
  look: "two reads: the cache answers the second, and nothing inside of it runs again",
  async play(stage) {
    const { client } = stage;
    const first = await client.get("orders/list");
    await sleep(PAUSE_MS);
    const second = await client.get("orders/list");
    return [
      { says: "both have the same orders", holds: second.data !== undefined && second.data === first.data },
      { says: "one fetch", holds: countRuns(stage, "client", "fetch") === 1 },
      { says: "the server saw one request", holds: countRuns(stage, "server", "handler") === 1 },
    ];
  },
};
