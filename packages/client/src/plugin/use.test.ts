import { observeSteps, type StepEndEvent } from "@x/pipeline";
import { describe, expect, it } from "vitest";
import type { AnyPlugin, ClientPlugin } from "./plugin.ts";
import type { ClientResponse } from "../request/response.ts";
import { createTestBench } from "../testing/index.ts";

const named = (name: string, more: Omit<ClientPlugin, "name"> = {}): ClientPlugin => ({ name, ...more });

/** What `use` throws for a list of plugins. */
function refusal(plugins: unknown): unknown {
  try {
    createTestBench().client.use(plugins as readonly AnyPlugin[]);
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
}

describe("use refuses", () => {
  it("B-8 a missing dependency, naming who needs what", () => {
    expect(refusal([named("a", { dependencies: ["b", "c"] }), named("c")])).toMatchObject({
      code: "MISSING_DEPENDENCY",
      involved: ["a", "b"],
    });
  });

  it("B-8 two plugins of one name", () => {
    expect(refusal([named("a"), named("b"), named("a")])).toMatchObject({
      code: "DUPLICATE_PLUGIN",
      involved: ["a"],
    });
  });

  it("B-8 a plugin that depends on itself", () => {
    expect(refusal([named("a", { dependencies: ["a"] })])).toMatchObject({
      code: "CIRCULAR_DEPENDENCY",
      involved: ["a"],
    });
  });

  it("B-8 a circle, naming all on it and nobody else", () => {
    const plugins = [
      named("outside", { dependencies: ["a"] }),
      named("a", { dependencies: ["b"] }),
      named("b", { dependencies: ["c"] }),
      named("c", { dependencies: ["a"] }),
    ];
    expect(refusal(plugins)).toMatchObject({ code: "CIRCULAR_DEPENDENCY", involved: ["a", "b", "c"] });
  });

  it("B-8 a plugin of a name that the client already has", () => {
    const { client } = createTestBench();
    const withA = client.use([named("a")]);
    expect(() => withA.use([named("a")])).toThrow(
      expect.objectContaining({ code: "DUPLICATE_PLUGIN", involved: ["a"] }),
    );
  });

  it.each([
    ["what is no list", named("a"), "INVALID_PLUGINS"],
    ["nothing", undefined, "INVALID_PLUGINS"],
    ["a factory that nobody called", [() => named("a")], "INVALID_PLUGIN"],
    ["a plugin without a name", [{}], "INVALID_PLUGIN"],
  ])("%s", (_, plugins, code) => {
    expect(refusal(plugins)).toMatchObject({ code });
  });

  it("before anything is set up", () => {
    let setUps = 0;
    refusal([named("a", { setup: () => void (setUps += 1) }), named("b", { dependencies: ["c"] })]);
    expect(setUps).toBe(0);
  });
});

describe("use", () => {
  const tagging = (tag: string, more: Omit<ClientPlugin, "name"> = {}): ClientPlugin =>
    named(tag, {
      middleware(context, next) {
        context.request.headers["x-tags"] = `${context.request.headers["x-tags"] ?? ""}${tag}`;
        return next();
      },
      ...more,
    });

  it("adds to the plugins that the client has, and sorts them all", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const all = client
      .use([tagging("b"), tagging("c", { priority: 1 })])
      .use([tagging("a", { priority: -1 })]);
    await all.get("items");
    expect(transport.requests[0]?.headers["x-tags"]).toBe("abc");
  });

  it("finds dependencies among the plugins that the client has", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    await client
      .use([tagging("a")])
      .use([tagging("b", { dependencies: ["a"] })])
      .get("items");
    expect(transport.requests[0]?.headers["x-tags"]).toBe("ab");
  });

  it("leaves the client that it is called on as it was", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const withA = client.use([tagging("a")]);
    withA.use([tagging("b")]);
    await withA.get("items");
    await client.get("items");
    expect(transport.requests.map(({ headers }) => headers["x-tags"])).toEqual(["a", undefined]);
  });

  it("gives a client with a state of its own", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const other = client.use([]);
    await other.get("items");
    expect([other.stateManager.size, client.stateManager.size]).toEqual([1, 0]);
    expect(other.eventEmitter).not.toBe(client.eventEmitter);
  });

  it("leaves the caller's list alone, now and later", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const [first, second] = [tagging("b", { priority: 5 }), tagging("a", { priority: -5 })];
    const list = [first, second];
    const withBoth = client.use(list);
    expect(list).toEqual([first, second]);
    list.length = 0;
    await withBoth.get("items");
    expect(transport.requests[0]?.headers["x-tags"]).toBe("ab");
  });
});

describe("an observer of steps", () => {
  const retry = named("retry", {
    repeatable: true,
    async middleware(_, next) {
      const response = await next();
      return response.status === 503 ? next() : response;
    },
  });
  const passing = named("passing", { middleware: async (_, next) => ({ ...(await next()) }) });
  const throwing = named("throwing", { middleware: () => Promise.reject(new Error("no")) });
  const cases: Record<string, readonly ClientPlugin[]> = {
    "a plain request": [],
    "a request through a plugin": [passing],
    "a retried request": [passing, retry],
    "an early return": [passing, named("early", { middleware: () => ({ data: 0 }) })],
    "a plugin that throws": [passing, throwing],
    "a plugin that returns no response": [passing, named("garbage", { middleware: (() => 1) as never })],
    "a plugin that calls next() twice": [
      passing,
      named("twice", {
        async middleware(_, next) {
          await next();
          return next();
        },
      }),
    ],
  };

  async function get(plugins: readonly ClientPlugin[], ends?: StepEndEvent<unknown>[]) {
    const { client, transport } = createTestBench(
      ends ? { instrument: (steps) => observeSteps(steps, { onStepEnd: (event) => ends.push(event) }) } : {},
    );
    transport
      .reply("GET items", { status: 503 })
      .reply("GET items", { data: { id: 1 }, headers: { etag: "1" } });
    const { data, error, status, headers, aborted }: ClientResponse = await client.use(plugins).get("items");
    const told = { code: error?.code, plugin: error?.plugin, cause: error?.cause };
    return { data, status, headers, aborted, ...told, sent: transport.requests.length };
  }

  it.each(Object.entries(cases))("B-12 changes no result of %s", async (_, plugins) => {
    const ends: StepEndEvent<unknown>[] = [];
    expect(await get(plugins, ends)).toEqual(await get(plugins));
    expect(new Set(ends.map(({ name }) => name))).toEqual(new Set(plugins.map(({ name }) => name)));
  });

  it("is told of every step by the plugin's name", async () => {
    const ends: StepEndEvent<unknown>[] = [];
    await get([passing, retry], ends);
    expect(ends.map(({ name, hook, outcome }) => [name, hook, outcome])).toEqual([
      ["retry", "middleware", "returned"],
      ["passing", "middleware", "returned"],
    ]);
  });

  it("wraps the steps of an operation once, and those of the plugins for it alone", async () => {
    const wrapped: (readonly string[])[] = [];
    const { client, transport } = createTestBench({
      instrument(steps, operation) {
        wrapped.push([operation, ...steps.map(({ name }) => name)]);
        return steps;
      },
    });
    transport.reply("GET items", { data: 1 }).reply("POST items", { data: 1 });
    const reading = { ...passing, name: "reading", operations: ["read"] };
    const observed = client.use([passing, reading]);
    await observed.get("items");
    await observed.get("items");
    await observed.post("items", { body: {} });
    expect(wrapped).toEqual([
      ["read", "passing", "reading"],
      ["write", "passing"],
    ]);
  });
});
