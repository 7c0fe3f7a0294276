import { describe, expect, it } from "vitest";
import { HttpError } from "../errors.ts";
import { createRecordingLogger } from "../testing/recording-logger.ts";
import { silentLogger } from "../testing/silent-logger.ts";
import type { InvokeData, Next, Plugin } from "../types.ts";
import { Func } from "./func.ts";

const named = (name: string, onInvoke: (data: InvokeData, next: Next) => unknown): Plugin => ({
  type: name,
  name,
  onInvoke,
});
const later = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Handlers that end well or badly, at once or later. */
const TIMINGS = [
  ["synchronous", () => {}],
  ["asynchronous", async () => {}],
  ["slow", later],
] as const;

describe("what a handler or a plugin throws", () => {
  it("B-57: rejects next() in every wrapping plugin with that very error, so that a transaction rolls back", async () => {
    const failure = new Error("no stock");
    const seen: unknown[] = [];
    const wrapping = (name: string) =>
      named(name, async (_, next) => {
        try {
          await next();
          seen.push("commit");
        } catch (error) {
          seen.push(error);
          throw error;
        }
      });
    const func = new Func({
      plugins: [wrapping("outer"), wrapping("inner")],
      handler() {
        throw failure;
      },
    });
    await expect(func.invoke({ logger: silentLogger })).rejects.toBe(failure);
    expect(seen).toEqual([failure, failure]);
  });

  it.each([
    ["a string", "failed"],
    ["a plain object", { reason: "failed" }],
    ["a DOMException", new DOMException("failed", "AbortError")],
    ["undefined", undefined],
    ["an error of another realm", Object.assign(Object.create({ name: "Error" }), { message: "failed" })],
  ])("B-58: %s is a failure, from the handler and from a plugin", async (_, thrown) => {
    const fail = () => {
      throw thrown;
    };
    const settle = (func: Func) => func.invoke({ logger: silentLogger }).then(...outcome);
    const outcome = [() => "success", (error: unknown) => [error]] as const;
    expect(await settle(new Func({ handler: fail }))).toEqual([thrown]);
    expect(await settle(new Func({ handler: async () => fail() }))).toEqual([thrown]);
    expect(await settle(new Func({ plugins: [named("p", fail)], handler: () => 1 }))).toEqual([thrown]);
  });

  it("lets a plugin recover by assigning a response", async () => {
    const func = new Func({
      plugins: [
        named("fallback", async (data, next) => {
          try {
            await next();
          } catch {
            data.response = "fallback";
          }
        }),
      ],
      handler(): string {
        throw new Error("down");
      },
    });
    expect(await func.invoke({})).toBe("fallback");
  });
});

describe("next()", () => {
  it.each([
    ["twice", async (next: Next) => (await next(), next())],
    ["twice without awaiting the second", async (next: Next) => (await next(), void next())],
    ["twice without awaiting either", (next: Next) => (void next(), void next())],
    ["twice at once", (next: Next) => Promise.all([next(), next()])],
  ])("B-59: %s is an error that names plugin and hook, and the handler runs once", async (_, callNext) => {
    let handled = 0;
    const func = new Func({
      plugins: [named("greedy", (_data, next) => callNext(next))],
      handler: () => (handled += 1),
    });
    await expect(func.invoke({ logger: silentLogger })).rejects.toMatchObject({
      code: "NEXT_CALLED_MULTIPLE_TIMES",
      message: expect.stringMatching(/greedy \(onInvoke\)/),
    });
    expect(handled).toBe(1);
  });

  it("B-59: late is an error that names plugin and hook", async () => {
    let late: Promise<void> | undefined;
    let handled = 0;
    const func = new Func({
      plugins: [
        named("late", (_, next) => {
          late = later().then(next);
        }),
      ],
      handler: () => (handled += 1),
    });
    await func.invoke({});
    await expect(late).rejects.toMatchObject({
      code: "NEXT_CALLED_LATE",
      message: expect.stringMatching(/late \(onInvoke\)/),
    });
    expect(handled).toBe(0);
  });

  describe.each(TIMINGS)("B-60: not awaited, before a %s handler", (_, wait) => {
    const forgetful = [
      ["synchronously", (_data: InvokeData, next: Next) => void next()],
      ["by an async hook", async (_data: InvokeData, next: Next) => void next()],
      [
        "by a hook that does something else meanwhile",
        async (_data: InvokeData, next: Next) => {
          void next();
          await Promise.resolve();
        },
      ],
    ] as const;

    it.each(forgetful)("%s: the result is not lost", async (_name, hook) => {
      const func = new Func({
        plugins: [
          named("outer", async (_data, next) => await next()),
          named("forgetful", hook),
          named("inner", async (_data, next) => (await wait(), await next())),
        ],
        handler: () => {
          const waited = wait();
          return waited ? waited.then(() => "result") : "result";
        },
      });
      expect(await func.invoke({ logger: silentLogger })).toBe("result");
    });

    it.each(forgetful)("%s: the handler's error is not lost", async (_name, hook) => {
      const failure = new Error("lost?");
      const func = new Func({
        plugins: [named("outer", async (_data, next) => await next()), named("forgetful", hook)],
        handler: () => {
          const waited = wait();
          if (!waited) throw failure;
          return waited.then(() => Promise.reject(failure));
        },
      });
      await expect(func.invoke({ logger: silentLogger })).rejects.toBe(failure);
    });

    it.each(forgetful)("%s: an inner plugin's error is not lost", async (_name, hook) => {
      const failure = new HttpError({ statusCode: 401 });
      const func = new Func({
        plugins: [
          named("forgetful", hook),
          named("auth", () => {
            const waited = wait();
            if (!waited) throw failure;
            return waited.then(() => Promise.reject(failure));
          }),
        ],
        handler: () => "secret",
      });
      await expect(func.invoke({ logger: silentLogger })).rejects.toBe(failure);
    });
  });

  it("B-60: tells the author of the hook that ended too early", async () => {
    const { logger, lines } = createRecordingLogger();
    const func = new Func({
      plugins: [named("forgetful", (_, next) => void next())],
      handler: () => later(),
    });
    await func.invoke({ logger });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: "warn", fields: { plugin: "forgetful", hook: "onInvoke" } });
  });
});

describe("logging", () => {
  it("B-61: a failure is one line, whoever it passed on its way", async () => {
    const { logger, lines } = createRecordingLogger();
    const pass = (name: string) => named(name, async (_, next) => await next());
    const failure = new Error("broken");
    const func = new Func({
      plugins: [pass("a"), pass("b")],
      handler: () => Promise.reject(failure),
    });
    await expect(func.invoke({ logger, context: { requestId: "r-1" } })).rejects.toBe(failure);
    expect(lines).toEqual([
      { level: "error", message: "broken", fields: { requestId: "r-1", err: failure } },
    ]);
  });

  it("B-61: a client's mistake is no error-level line", async () => {
    const { logger, lines } = createRecordingLogger();
    const func = new Func({
      handler() {
        throw new HttpError({ statusCode: 404, message: "no such order" });
      },
    });
    await expect(func.invoke({ logger })).rejects.toMatchObject({ statusCode: 404 });
    expect(lines.map(({ level }) => level)).toEqual(["debug"]);
  });

  it("B-61: a line carries the name of the plugin that logs it and its request, also under concurrency", async () => {
    const { logger, lines } = createRecordingLogger();
    const talker = (name: string) =>
      named(name, async (data, next) => {
        data.logger.info(`${name} before`);
        await later();
        await next();
        data.logger.info(`${name} after`);
        await later();
        data.logger.info(`${name} much later`);
      });
    const func = new Func({
      plugins: [talker("a"), talker("b")],
      async handler(data) {
        await later();
        data.logger.info("handler");
      },
    });
    const ids = Array.from({ length: 20 }, (_, index) => `r-${index}`);
    await Promise.all(ids.map((requestId) => func.invoke({ logger, context: { requestId } })));
    expect(lines).toHaveLength(20 * 7);
    for (const { message, fields } of lines)
      expect(fields["plugin"]).toBe(message === "handler" ? undefined : message!.split(" ")[0]);
    for (const id of ids) expect(lines.filter(({ fields }) => fields["requestId"] === id)).toHaveLength(7);
  });
});
