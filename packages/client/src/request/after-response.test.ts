import { describe, expect, it } from "vitest";
import type { AnyPlugin, ClientPlugin } from "../plugin/plugin.ts";
import type { ClientResponse, PluginResponse } from "./response.ts";
import { createTestBench, type TestBench } from "../testing/index.ts";
import type { UntypedApi } from "../client/api-types.ts";

type AfterResponse = NonNullable<ClientPlugin["afterResponse"]>;

const named = (name: string, afterResponse: AfterResponse): ClientPlugin => ({ name, afterResponse });

describe("B-9 afterResponse runs once per plugin, in order", () => {
  type Run = (bench: TestBench<UntypedApi>, hooks: readonly AnyPlugin[]) => Promise<ClientResponse>;
  const early: ClientPlugin = { name: "early", middleware: () => ({ data: 1, status: 200 }) };
  const thrower: ClientPlugin = { name: "thrower", middleware: () => Promise.reject(new Error("no")) };
  const garbage: ClientPlugin = { name: "garbage", middleware: (() => undefined) as never };

  const outcomes: Record<string, { code: string; run: Run }> = {
    "on success": {
      code: "none",
      run: ({ client, transport }, hooks) => {
        transport.reply("GET items", { data: 1 });
        return client.use(hooks).get("items");
      },
    },
    "on an error response": {
      code: "HTTP_ERROR",
      run: ({ client, transport }, hooks) => {
        transport.reply("GET items", { status: 500, data: null });
        return client.use(hooks).get("items");
      },
    },
    "when no response comes": {
      code: "NETWORK_ERROR",
      run: ({ client, transport }, hooks) => {
        transport.reply("GET items", new Error("no route to host"));
        return client.use(hooks).get("items");
      },
    },
    "when the time is up": {
      code: "TIMEOUT",
      run: async ({ client, transport, clock }, hooks) => {
        transport.hold("GET items");
        const pending = client.use(hooks).get("items", { timeoutMs: 50 });
        await clock.advance(50);
        return pending;
      },
    },
    "on an early return": {
      code: "none",
      run: ({ client }, hooks) => client.use([...hooks, early]).get("items"),
    },
    "on abort before the start": {
      code: "ABORTED",
      run: ({ client }, hooks) => client.use(hooks).get("items", { signal: AbortSignal.abort() }),
    },
    "on abort in flight": {
      code: "ABORTED",
      run: async ({ client, transport, clock }, hooks) => {
        transport.hold("GET items");
        const controller = new AbortController();
        const pending = client.use(hooks).get("items", { signal: controller.signal });
        await clock.advance(0);
        controller.abort();
        return pending;
      },
    },
    "when a middleware throws": {
      code: "PLUGIN_THREW",
      run: ({ client }, hooks) => client.use([...hooks, thrower]).get("items"),
    },
    "when a middleware returns no response": {
      code: "INVALID_RESPONSE",
      run: ({ client }, hooks) => client.use([garbage, ...hooks]).get("items"),
    },
    "when the request cannot be sent": {
      code: "MISSING_PARAM",
      run: ({ client }, hooks) => client.use(hooks).request("items/:id"),
    },
    "when the client is disposed": {
      code: "CLIENT_DISPOSED",
      run: ({ client }, hooks) => {
        const disposed = client.use(hooks);
        disposed.dispose();
        return disposed.get("items");
      },
    },
  };

  it.each(Object.entries(outcomes))("%s", async (_, { code, run }) => {
    const log: string[] = [];
    const note = (name: string, priority: number): ClientPlugin => ({
      ...named(name, (_context, { error }) => void log.push(`${name} ${error?.code ?? "none"}`)),
      priority,
      middleware: (_context, next) => next(),
    });
    const bench = createTestBench();
    const response = await run(bench, [note("inner", 1), note("outer", -1)]);
    await bench.clock.advance(1_000);
    expect(log).toEqual([`outer ${code}`, `inner ${code}`]);
    expect(response.error?.code ?? "none").toBe(code);
    expect(bench.reported).toEqual([]);
  });

  it("however often the request was tried", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 503 }).reply("GET items", { data: 1 });
    const statuses: number[] = [];
    const retry: ClientPlugin = {
      name: "retry",
      repeatable: true,
      middleware: async (_, next) => ((await next()).status === 503 ? next() : { status: 500 }),
    };
    await client.use([named("count", (_, { status }) => void statuses.push(status)), retry]).get("items");
    expect(statuses).toEqual([200]);
  });
});

describe("B-10 an afterResponse that throws", () => {
  const cause = new Error("out of order");
  const throwers: Record<string, AfterResponse> = {
    synchronously: () => {
      throw cause;
    },
    "in a promise": () => Promise.reject(cause),
  };

  it.each(Object.entries(throwers))("%s stops no other and is reported by name", async (_, thrower) => {
    const { client, transport, reported } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const response = await client
      .use([
        named("before", () => void log.push("before")),
        named("culprit", thrower),
        named("after", () => void log.push("after")),
      ])
      .get("items");
    expect(log).toEqual(["before", "after"]);
    expect(response).toMatchObject({ data: 1, error: undefined });
    expect(reported).toMatchObject([{ code: "AFTER_RESPONSE_THREW", plugin: "culprit", cause }]);
  });

  it.each(Object.entries(throwers))(
    "%s keeps what the hooks before it made of the response",
    async (_, thrower) => {
      const { client, transport } = createTestBench();
      transport.reply("GET items", { data: 1 });
      const added = named("added", (_context, response) => ({
        ...response,
        data: Number(response.data) + 1,
      }));
      const withBoth = client.use([added, named("culprit", thrower)]);
      expect(await withBoth.get("items")).toMatchObject({ data: 2 });
      expect(withBoth.stateManager.getCache("GET items")?.state.data).toBe(2);
    },
  );
});

describe("a response that afterResponse returns", () => {
  /** Gets `items`, answered with `a`, through these hooks. */
  async function get(...hooks: AfterResponse[]) {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: "a", headers: { etag: "1" } });
    const withHooks = client.use(hooks.map((hook, index) => named(`hook ${index}`, hook)));
    const response = await withHooks.get("items");
    return { response, entry: withHooks.stateManager.getCache("GET items") };
  }

  const appending = (text: string) => (response: ClientResponse) => ({
    ...response,
    data: `${response.data}${text}`,
  });

  it("takes the response's place for the caller and in the state", async () => {
    const { response, entry } = await get((_, given) => appending("b")(given));
    expect(response).toMatchObject({ data: "ab", status: 200, headers: { etag: "1" }, error: undefined });
    expect(entry).toMatchObject({ state: { data: "ab" }, produced: "a" });
  });

  it("is what the next hook is given, whether either waits or not", async () => {
    const { response } = await get(
      (_, given) => appending("b")(given),
      async (_, given) => appending("c")(given),
      (_, given) => appending("d")(given),
      async (_, given) => appending("e")(given),
    );
    expect(response.data).toBe("abcde");
  });

  it("may come from anything that can be awaited", async () => {
    const lazily = (value: PluginResponse): PromiseLike<PluginResponse> =>
      // oxlint-disable-next-line unicorn/no-thenable -- as little as `await` asks for
      ({ then: (resolve: (value: PluginResponse) => void) => resolve(value) }) as never;
    const { response } = await get(
      (_, given) => lazily(appending("b")(given)),
      (_, given) => appending("c")(given),
    );
    expect(response.data).toBe("abc");
  });

  it("needs no more than the data", async () => {
    const { response } = await get(() => ({ data: "new" }));
    expect(response).toMatchObject({ data: "new", status: 200, error: undefined, aborted: false });
  });

  it("can make a failure of a success, which is then not stored", async () => {
    const { response, entry } = await get((_, given) => ({
      ...given,
      status: 422,
      error: { reason: "empty" },
    }));
    expect(response).toMatchObject({
      data: undefined,
      status: 422,
      error: { code: "HTTP_ERROR", body: { reason: "empty" } },
    });
    expect(entry).toBeUndefined();
  });

  it("can make a success of a failure, which is then stored", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 404, data: { reason: "none" } });
    const tolerant = client.use([
      named("tolerant", (_, { error }) => (error?.status === 404 ? { data: [], status: 200 } : undefined)),
    ]);
    expect(await tolerant.get("items")).toMatchObject({ data: [], status: 200, error: undefined });
    expect(tolerant.stateManager.getCache("GET items")?.state.data).toEqual([]);
  });

  it("keeps a ClientError as it is, also one from another copy of the package", async () => {
    const foreign = Object.assign(new Error("too slow"), { name: "ClientError", code: "TIMEOUT" });
    const { response } = await get((_, given) => ({ ...given, status: 504, error: foreign }));
    expect(response.error).toBe(foreign);
  });

  it("has any other error wrapped, once", async () => {
    const failed = await get((_, given) => ({ ...given, status: 409, error: new Error("conflict") }));
    expect(failed.response.error).toMatchObject({
      code: "HTTP_ERROR",
      status: 409,
      cause: new Error("conflict"),
    });
    const same = await get(
      (_, given) => ({ ...given, status: 409, error: "conflict" }),
      (_, given) => ({ ...given, status: 410 }),
    );
    expect(same.response).toMatchObject({
      status: 410,
      error: { code: "HTTP_ERROR", body: "conflict", status: 409 },
    });
  });

  it.each([undefined, null, 42, "text", true, {}, [], () => {}])(
    "is ignored when it is none, as %o",
    async (nothing) => {
      const { response, entry } = await get((() => nothing) as never, (_, given) => appending("b")(given));
      expect(response).toMatchObject({ data: "ab", status: 200 });
      expect(entry?.state.data).toBe("ab");
    },
  );
});
