import { countRuns, type Scene } from "./scene.ts";

const READERS = 3;

export const deduplicatedReads: Scene = {
  title: "Deduplicated reads",
  look: "three equal reads at once, drawn over each other: one of them goes to the server",
  async play(stage) {
    const { client } = stage;
    const reads = Array.from({ length: READERS }, () =>
      client.get("orders/list", { query: { product: "tea" } }),
    );
    const answers = await Promise.all(reads);
    const answered = answers.filter(({ data }) => data !== undefined).length;
    return [
      { says: `${answered} answers`, holds: answered === READERS },
      { says: "one fetch", holds: countRuns(stage, "client", "fetch") === 1 },
      { says: "the server saw one request", holds: countRuns(stage, "server", "handler") === 1 },
    ];
  },
};
