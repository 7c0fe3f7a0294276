import { describe, expect, it } from "vitest";
import { createTestBench } from "../testing/index.ts";

/** A client of a server, and which of its requests the code runs for. */
function serving(first?: object) {
  let current: object | undefined = first;
  const bench = createTestBench({ requestScope: () => current });
  bench.transport.reply("GET posts", { data: 1 });
  return { ...bench, run: (scope: object | undefined) => void (current = scope) };
}

const SECOND_SCOPE = expect.objectContaining({ code: "SECOND_SCOPE" });

describe("a client that one request has touched", () => {
  it("works for that request, and for code that runs for none", async () => {
    const { client, run } = serving();
    const one = {};
    run(one);
    expect((await client.get("posts")).data).toBe(1);
    run(undefined);
    expect((await client.get("posts")).data).toBe(1);
    run(one);
    expect(client.stateManager.size).toBe(1);
  });

  const uses: Readonly<Record<string, (client: ReturnType<typeof serving>["client"]) => unknown>> = {
    "a request": (client) => client.get("posts"),
    "a write": (client) => client.post("posts", { body: 1 }),
    "a look at the state": (client) => client.stateManager.getCache("GET posts"),
    "a change of the state": (client) => client.stateManager.setCache("GET posts", { state: { data: 2 } }),
    dehydrate: (client) => client.dehydrate(),
    hydrate: (client) => client.hydrate({ entries: [] }),
    observe: (client) => client.observe("posts"),
  };
  it.each(Object.entries(uses))(
    "throws SECOND_SCOPE when another one touches it by %s",
    async (_name, use) => {
      const { client, run, transport } = serving();
      run({});
      await client.get("posts");
      run({});
      expect(() => use(client)).toThrow(SECOND_SCOPE);
      expect(transport.requests).toHaveLength(1);
    },
  );

  it("throws also when the first one has made it, and nothing else", () => {
    const { client, run } = serving({});
    run({});
    expect(() => client.stateManager.size).toThrow(SECOND_SCOPE);
  });

  it("throws where an observer of the first one is looked at", () => {
    const { client, run } = serving({});
    const observer = client.observe("posts");
    run({});
    expect(() => observer.getSnapshot()).toThrow(SECOND_SCOPE);
  });

  it("throws for plugins of the second one, whatever they keep for the client", async () => {
    const { client, run } = serving();
    let setCache = () => {};
    const keeping = client.use([
      {
        name: "test:keeping",
        setup({ stateManager }) {
          setCache = () => stateManager.setCache("k", { state: { data: 1 } });
        },
      },
    ]);
    run({});
    await keeping.get("posts");
    run({});
    expect(setCache).toThrow(SECOND_SCOPE);
  });
});

it("each client belongs to a request of its own", async () => {
  const { client, run } = serving();
  const [one, other] = [client.use([]), client.use([])];
  const scopes = [{}, {}];
  run(scopes[0]);
  await one.get("posts");
  run(scopes[1]);
  await other.get("posts");
  run(scopes[0]);
  expect(one.stateManager.size).toBe(1);
});
