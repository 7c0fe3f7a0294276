import type { Scene } from "./scene.ts";

export const retriedRead: Scene = {
  title: "A retried read",
  look: "the server fails twice: the gaps between the fetches are the retry's waits, and they grow",
  async play({ client, steps }) {
    const { data } = await client.get("supplier/price", { query: { product: "tea" } });
    const fetches = steps.filter(({ name }) => name === "fetch");
    const [first, second, third] = fetches;
    const waits = third ? [second!.startedAt - first!.endedAt, third.startedAt - second!.endedAt] : [];
    return [
      { says: "the reader has the price, and no error", holds: data?.product === "tea" },
      {
        says: `503, 503, 200: ${fetches.length} fetches under one request id`,
        holds:
          fetches.map(({ note }) => note).join() === "503,503,200" &&
          new Set(fetches.map(({ requestId }) => requestId)).size === 1,
      },
      {
        says: `it waited ${waits.map((wait) => wait.toFixed(0)).join(" ms, then ")} ms`,
        // Jittered: between 30 and 60 ms, then between 60 and 120.
        holds: waits.length === 2 && waits[0]! >= 25 && waits[1]! >= 55,
      },
    ];
  },
};
