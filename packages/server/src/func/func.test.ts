import { describe, expect, it } from "vitest";
import type { InvokeData, Next, Plugin } from "../types.ts";
import { silentLogger } from "../testing/silent-logger.ts";
import { Func } from "./func.ts";

declare module "../types.ts" {
  interface DefineApiInject {
    greeting?: string;
    seenByHandler?: string;
  }
}

/** A plugin that notes when it enters and leaves. */
function tracer(name: string, notes: string[]): Plugin {
  return {
    type: "tracer",
    name,
    async onMount(_, next) {
      notes.push(`${name} mounts`);
      await next();
      notes.push(`${name} is mounted`);
    },
    async onInvoke(_, next) {
      notes.push(`${name} in`);
      await next();
      notes.push(`${name} out`);
    },
  };
}

describe("invoke", () => {
  it("B-49: runs plugins in order and unwinds in reverse, the handler innermost, for mount and invoke", async () => {
    const notes: string[] = [];
    const func = new Func({ plugins: [tracer("a", notes)], handler: () => void notes.push("handler") });
    func.plugins.push(tracer("b", notes));
    func.plugins.unshift(tracer("z", notes));
    await func.mount();
    expect(notes.splice(0)).toEqual([
      ..."zab".split("").map((name) => `${name} mounts`),
      ..."baz".split("").map((name) => `${name} is mounted`),
    ]);
    await func.invoke({});
    expect(notes).toEqual(["z in", "a in", "b in", "handler", "b out", "a out", "z out"]);
  });

  it("B-50: leaves the caller's array alone, and one array serves two functions", async () => {
    const notes: string[] = [];
    const plugins = [tracer("a", notes)];
    const first = new Func({ plugins, handler: () => 1 });
    const second = new Func({ plugins, handler: () => 2 });
    first.plugins.push(tracer("b", notes));
    expect(await first.invoke({})).toBe(1);
    expect(await second.invoke({})).toBe(2);
    expect(plugins).toHaveLength(1);
    expect(notes.filter((note) => note === "a mounts")).toHaveLength(2);
    expect(notes.filter((note) => note === "b in")).toHaveLength(1);
  });

  it("B-55: fills event, context, logger and config, runs the handler and resolves to its result", async () => {
    const seen: unknown[] = [];
    const func = new Func({
      handler({ event, context, logger, config }) {
        seen.push(event, context.runtime, typeof logger.info, config);
        return { ok: true };
      },
    });
    const input: Record<string, unknown> = {};
    const result = await func.invoke(input);
    expect(result).toEqual({ ok: true });
    expect(seen).toEqual([{}, "api", "function", {}]);
    expect(input["response"]).toBe(result);
    expect(Object.keys(input).toSorted()).toEqual(
      ["config", "context", "event", "logger", "response", "signal"].toSorted(),
    );
  });

  it("fills the caller's object when the invoke fails, too", async () => {
    const func = new Func({
      plugins: [{ type: "t", name: "t", onInvoke: (data, next) => ((data.greeting = "hi"), next()) }],
      handler() {
        throw new RangeError("no");
      },
    });
    const input: { greeting?: string } = {};
    await expect(func.invoke(Object.assign(input, { logger: silentLogger }))).rejects.toThrow(RangeError);
    expect(input.greeting).toBe("hi");
  });

  it("B-56: hands a plugin's field to later plugins and the handler, and the handler's back to plugins", async () => {
    const seen: unknown[] = [];
    const func = new Func({
      plugins: [
        {
          type: "a",
          name: "a",
          async onInvoke(data: InvokeData, next: Next) {
            data.greeting = "hello";
            await next();
            seen.push(data.seenByHandler, data.response);
          },
        },
        { type: "b", name: "b", onInvoke: (data, next) => (seen.push(data.greeting), next()) },
      ],
      handler(data) {
        data.seenByHandler = `${data.greeting} seen`;
        return data.greeting;
      },
    });
    expect(await func.invoke({})).toBe("hello");
    expect(seen).toEqual(["hello", "hello seen", "hello"]);
  });

  it("lets a plugin answer early, and replace the response", async () => {
    let handled = 0;
    const answer = (name: string, response: unknown): Plugin => ({
      type: name,
      name,
      onInvoke: (data) => void (data.response = response),
    });
    const early = new Func({ plugins: [answer("cache", 0)], handler: () => (handled += 1) });
    expect(await early.invoke({})).toBe(0);
    expect(handled).toBe(0);
    const replaced = new Func({
      plugins: [
        {
          type: "wrap",
          name: "wrap",
          async onInvoke(data, next) {
            await next();
            data.response = [data.response];
          },
        },
      ],
      handler: () => 1 as unknown,
    });
    expect(await replaced.invoke({})).toEqual([1]);
  });

  it("takes hooks that live on a class, with their this", async () => {
    class Counter implements Plugin {
      readonly type = "counter";
      readonly name = "counter";
      #count = 0;
      async onInvoke(data: InvokeData, next: Next) {
        this.#count += 1;
        data.greeting = `number ${this.#count}`;
        await next();
      }
    }
    const func = new Func({ plugins: [new Counter()], handler: ({ greeting }) => greeting });
    expect([await func.invoke({}), await func.invoke({})]).toEqual(["number 1", "number 2"]);
  });

  it("keeps what the caller put on the object, and nothing that is the framework's", async () => {
    const func = new Func({ handler: ({ greeting, response, config }) => ({ greeting, response, config }) });
    const input = { greeting: "given", response: "spoofed", config: { plugins: {} } };
    expect(await func.invoke(input)).toEqual({ greeting: "given", response: undefined, config: {} });
  });

  it("exports a handler for a platform", async () => {
    const { handler } = new Func({
      handler: ({ event, context }) => [event, Reflect.get(context, "functionName")],
    }).export();
    expect(await handler({ any: 1 }, { functionName: "f" })).toEqual([{ any: 1 }, "f"]);
  });

  it("says INVALID_FUNC where there is no handler or no array of plugins", () => {
    for (const options of [undefined, {}, { handler: 1 }, { handler() {}, plugins: {} }])
      expect(() => new Func(options as never)).toThrow(expect.objectContaining({ code: "INVALID_FUNC" }));
  });
});

describe("the plugins of a function", () => {
  it("may change until the mount and not afterwards", async () => {
    const notes: string[] = [];
    const func = new Func({ plugins: [tracer("a", notes)], handler: () => {} });
    await func.invoke({});
    const sealed = expect.objectContaining({ code: "PLUGINS_SEALED" });
    expect(() => func.plugins.push(tracer("b", notes))).toThrow(sealed);
    expect(() => (func.plugins.length = 0)).toThrow(sealed);
    expect(() => func.plugins.splice(0, 1)).toThrow(sealed);
    expect(func.plugins.map(({ name }) => name)).toEqual(["a"]);
  });

  it.each([
    ["INVALID_PLUGIN", [Date]],
    ["INVALID_PLUGIN", [undefined]],
    ["INVALID_PLUGIN", [{ type: "a", onInvoke() {} }]],
    ["INVALID_PLUGIN", [{ name: "a", onInvoke() {} }]],
    ["INVALID_PLUGIN", [{ type: "a", name: "a" }]],
    ["DUPLICATE_PLUGIN", [tracer("a", []), tracer("a", [])]],
  ])("are refused with %s at mount: %o", async (code, plugins) => {
    const func = new Func({ plugins: plugins as never, handler: () => {} });
    await expect(func.mount()).rejects.toMatchObject({ code });
  });
});
