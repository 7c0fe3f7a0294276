import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench } from "../testing/index.ts";

const pass = (name: string): ClientPlugin => ({ name, middleware: (_, next) => next() });
const awaiting = (name: string): ClientPlugin => ({
  name,
  middleware: async (_, next) => ({ ...(await next()) }),
});

const POSITIONS = ["outermost", "middle", "innermost"] as const;

/** Three plugins of which one is the culprit. */
function chainWith(culprit: ClientPlugin, position: (typeof POSITIONS)[number]): ClientPlugin[] {
  return POSITIONS.map((other) => (other === position ? culprit : awaiting(other)));
}

describe("a middleware that throws", () => {
  const cause = new Error("out of order");
  const throwers: Record<string, ClientPlugin["middleware"]> = {
    synchronously: () => {
      throw cause;
    },
    "in a promise": async () => {
      throw cause;
    },
    "after next()": async (_, next) => {
      await next();
      throw cause;
    },
  };

  for (const [how, middleware] of Object.entries(throwers)) {
    it.each(POSITIONS)(`${how} fails the request in its own name when it is the %s one`, async (position) => {
      const { client, transport } = createTestBench();
      transport.reply("GET items", { data: 1 });
      const response = await client.use(chainWith({ name: "culprit", middleware }, position)).get("items");
      expect(response).toMatchObject({ data: undefined, status: 0, aborted: false });
      expect(response.error).toMatchObject({ code: "PLUGIN_THREW", plugin: "culprit", cause });
      expect(response.error?.cause).toBe(cause);
    });
  }

  it.each(["a string", 42, null, undefined, { reason: "an object" }])("may throw %o", async (thrown) => {
    const { client } = createTestBench();
    const culprit: ClientPlugin = {
      name: "culprit",
      middleware() {
        throw thrown;
      },
    };
    const { error } = await client.use([pass("outer"), culprit]).get("items");
    expect(error).toMatchObject({ code: "PLUGIN_THREW", plugin: "culprit" });
    expect(error?.cause).toBe(thrown);
  });

  it("is named when what it throws looks like an error of the engine", async () => {
    const { client } = createTestBench();
    const lookalike = Object.assign(new Error("not valid"), { code: "INVALID_RESULT" });
    const { error } = await client
      .use([{ name: "culprit", middleware: () => Promise.reject(lookalike) }])
      .get("items");
    expect(error).toMatchObject({ code: "PLUGIN_THREW", plugin: "culprit", cause: lookalike });
  });

  it("is not named for what a plugin outside of it throws instead", async () => {
    const { client } = createTestBench();
    const other = new Error("another one");
    const translator: ClientPlugin = {
      name: "translator",
      middleware: (_, next) => next().catch(() => Promise.reject(other)),
    };
    const culprit: ClientPlugin = { name: "culprit", middleware: () => Promise.reject(cause) };
    const { error } = await client.use([pass("outer"), translator, culprit]).get("items");
    expect(error).toMatchObject({ code: "PLUGIN_THREW", plugin: "translator", cause: other });
  });

  it("B-7 and that an outer one catches: the request resolves with what the outer one returns", async () => {
    const { client } = createTestBench();
    const seen: unknown[] = [];
    const fallback: ClientPlugin = {
      name: "fallback",
      middleware: (_, next) => next().catch((thrown: unknown) => ({ data: { thrown }, status: 200 })),
      afterResponse: (_, response) => void seen.push(response.data),
    };
    const culprit: ClientPlugin = { name: "culprit", middleware: () => Promise.reject(cause) };
    const response = await client.use([fallback, culprit]).get("items");
    expect(response).toMatchObject({ data: { thrown: cause }, status: 200, error: undefined });
    expect(seen).toEqual([{ thrown: cause }]);
  });

  it.each([
    ["the signal's reason", (signal: AbortSignal) => signal.reason],
    ["an AbortError of the platform", () => new DOMException("over", "AbortError")],
    [
      "the error of a response",
      () => Object.assign(new Error("over"), { name: "ClientError", code: "ABORTED" }),
    ],
  ])("%s because the caller's signal aborted ends the request as aborted", async (_, toThrow) => {
    const { client, clock } = createTestBench();
    const controller = new AbortController();
    const waiting: ClientPlugin = {
      name: "waiting",
      middleware: ({ request: { signal } }) =>
        new Promise((__, reject) => signal?.addEventListener("abort", () => reject(toThrow(signal)))),
    };
    const pending = client.use([waiting]).get("items", { signal: controller.signal });
    await clock.advance(10);
    controller.abort("gone");
    expect(await pending).toMatchObject({ aborted: true, error: { code: "ABORTED", cause: "gone" } });
  });

  it("something else after the caller's signal aborted is still named", async () => {
    const { client } = createTestBench();
    const controller = new AbortController();
    const culprit: ClientPlugin = {
      name: "culprit",
      middleware() {
        controller.abort();
        throw cause;
      },
    };
    const response = await client.use([culprit]).get("items", { signal: controller.signal });
    expect(response.error).toMatchObject({ code: "PLUGIN_THREW", plugin: "culprit", cause });
  });
});

describe("a middleware that misuses next()", () => {
  it("B-4 by calling it twice sends one request, and is named", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const twice: ClientPlugin = {
      name: "twice",
      middleware(_, next) {
        void next();
        return next();
      },
    };
    const { error } = await client.use([pass("outer"), twice, pass("inner")]).get("items");
    expect(error).toMatchObject({
      code: "PLUGIN_THREW",
      plugin: "twice",
      cause: { code: "NEXT_CALLED_MULTIPLE_TIMES", involved: ["twice"] },
    });
    expect(transport.requests).toHaveLength(1);
  });

  it.each(POSITIONS)("by not awaiting it is named when it is the %s one", async (position) => {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET items");
    const careless: ClientPlugin = {
      name: "careless",
      async middleware(_, next) {
        void next();
        return { data: "too early", status: 200 };
      },
    };
    const { error } = await client.use(chainWith(careless, position)).get("items");
    expect(error).toMatchObject({
      code: "PLUGIN_THREW",
      plugin: "careless",
      cause: { code: "NEXT_NOT_AWAITED", involved: ["careless"] },
    });
    held[0]?.reply({ data: "too late" });
  });

  it("by calling it when the request has settled is refused in its own name, and sends nothing", async () => {
    const { client, transport } = createTestBench();
    let kept: (() => Promise<unknown>) | undefined;
    const late: ClientPlugin = {
      name: "late",
      middleware(_, next) {
        kept = next;
        return { data: "by itself", status: 200 };
      },
    };
    expect(await client.use([late]).get("items")).toMatchObject({ data: "by itself", error: undefined });
    await expect(kept?.()).rejects.toMatchObject({ code: "NEXT_CALLED_LATE", involved: ["late"] });
    expect(transport.requests).toEqual([]);
  });

  it("by repeating it while an attempt is under way is named, repeatable or not", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const hasty: ClientPlugin = {
      name: "hasty",
      repeatable: true,
      middleware: async (_, next) => (await Promise.all([next(), next()]))[0],
    };
    const { error } = await client.use([hasty]).get("items");
    expect(error).toMatchObject({ plugin: "hasty", cause: { code: "NEXT_CALLED_MULTIPLE_TIMES" } });
    expect(transport.requests).toHaveLength(1);
  });
});

describe("B-5 a middleware that resolves to no response is named", () => {
  const NO_RESPONSES = [undefined, null, "a string", 42, true, {}, []];

  for (const value of NO_RESPONSES) {
    const shown = JSON.stringify(value) ?? "undefined";
    const culprit: ClientPlugin = { name: "culprit", middleware: (async () => value) as never };

    it.each(POSITIONS)(`for ${shown}, as the %s one`, async (position) => {
      const { client } = createTestBench();
      const { error } = await client.use(chainWith(culprit, position)).get("items");
      expect(error).toMatchObject({ code: "INVALID_RESPONSE", plugin: "culprit" });
    });

    it(`for ${shown}, returned without a promise`, async () => {
      const { client } = createTestBench();
      const { error } = await client
        .use([{ name: "culprit", middleware: (() => value) as never }])
        .get("items");
      expect(error).toMatchObject({ code: "INVALID_RESPONSE", plugin: "culprit" });
    });
  }

  it.each([undefined, null])("for %s, when an outer plugin trips over it", async (value) => {
    const { client } = createTestBench();
    const tripping: ClientPlugin = {
      name: "tripping",
      async middleware(_, next) {
        const response = await next();
        return response.status === 200 ? response : { status: 500 };
      },
    };
    const culprit: ClientPlugin = { name: "culprit", middleware: (async () => value) as never };
    const { error } = await client.use([pass("outer"), tripping, culprit, pass("inner")]).get("items");
    expect(error).toMatchObject({ code: "INVALID_RESPONSE", plugin: "culprit" });
  });

  it("when it passes next()'s response on to nobody", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const forgetful: ClientPlugin = {
      name: "forgetful",
      middleware: (async (_: unknown, next: () => Promise<unknown>) => void (await next())) as never,
    };
    const { error } = await client.use([pass("outer"), forgetful, awaiting("inner")]).get("items");
    expect(error).toMatchObject({ code: "INVALID_RESPONSE", plugin: "forgetful" });
  });
});
