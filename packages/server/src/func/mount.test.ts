import { describe, expect, it, vi } from "vitest";
import { createRecordingLogger } from "../testing/recording-logger.ts";
import { silentLogger } from "../testing/silent-logger.ts";
import type { MountData, Next, Plugin } from "../types.ts";
import { Func } from "./func.ts";

/** A function whose host logs into `logger`. */
function hosted(plugins: readonly Plugin[], { logger = silentLogger, mountTimeoutMs = 1_000 } = {}) {
  const func = new Func({ plugins, handler: () => "handled" });
  func.attach({ name: "orders/create", logger, mountTimeoutMs, prepare: async (code) => code });
  return func;
}

const named = (name: string, hooks: Omit<Plugin, "name" | "type">): Plugin => ({
  type: name,
  name,
  ...hooks,
});

describe("mount", () => {
  it("B-51: runs once, however many first invokes arrive together", async () => {
    let mounts = 0;
    const func = hosted([
      named("db", {
        async onMount(_, next) {
          mounts += 1;
          await new Promise((resolve) => setImmediate(resolve));
          await next();
        },
      }),
    ]);
    const results = await Promise.all(Array.from({ length: 50 }, () => func.invoke({})));
    expect(new Set(results)).toEqual(new Set(["handled"]));
    await func.mount();
    expect(mounts).toBe(1);
  });

  it("B-51: a failure reaches everyone who waited, and a later invoke tries again", async () => {
    let attempts = 0;
    const down = new Error("the database is down");
    const func = hosted([
      named("db", {
        async onMount(_, next) {
          attempts += 1;
          if (attempts === 1) throw down;
          await next();
        },
      }),
    ]);
    const outcomes = await Promise.allSettled([func.invoke({}), func.invoke({}), func.mount()]);
    expect(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason)).toEqual([
      down,
      down,
      down,
    ]);
    expect(func.mounted).toBe(false);
    expect(await func.invoke({})).toBe("handled");
    expect(attempts).toBe(2);
  });

  it("closes what had mounted when a later plugin fails, so that the next attempt starts afresh", async () => {
    const notes: string[] = [];
    let broken = true;
    const pool = (name: string) =>
      named(name, {
        async onMount(_, next) {
          notes.push(`open ${name}`);
          await next();
        },
        onClose: () => void notes.push(`close ${name}`),
      });
    const failing = named("failing", {
      async onMount(_, next) {
        if (broken) throw new Error("not yet");
        await next();
      },
      onClose: () => void notes.push("close failing"),
    });
    const func = hosted([pool("a"), pool("b"), failing, pool("c")]);
    await expect(func.mount()).rejects.toThrow("not yet");
    expect(notes.splice(0)).toEqual(["open a", "open b", "close b", "close a"]);
    broken = false;
    await func.mount();
    expect(notes).toEqual(["open a", "open b", "open c"]);
  });

  it("B-52: is given nothing of the first request", async () => {
    let mountData: MountData | undefined;
    const func = hosted([
      named("nosy", {
        async onMount(data, next) {
          mountData = data;
          await next();
        },
      }),
    ]);
    await func.invoke({ event: { headers: { authorization: "first user's" } } });
    expect(Object.keys(mountData!).toSorted()).toEqual(["config", "logger", "name", "runtime", "signal"]);
  });

  it.each(["mount", "invoke"] as const)(
    "B-53: %s of the same function fails at once inside onMount",
    async (call) => {
      const func: Func = hosted([
        named("eager", {
          async onMount(_, next) {
            // However deep it is called.
            await new Promise((resolve) => setImmediate(resolve));
            await func[call]();
            await next();
          },
        }),
      ]);
      const beside = func.invoke({});
      await expect(func.invoke({})).rejects.toMatchObject({ code: "MOUNT_REENTERED" });
      await expect(beside).rejects.toMatchObject({ code: "MOUNT_REENTERED" });
    },
  );

  it("another function may be invoked inside onMount, and what onMount starts may invoke later", async () => {
    const other = hosted([]);
    let later: Promise<unknown> | undefined;
    const func: Func = hosted([
      named("eager", {
        async onMount(_, next) {
          await other.invoke({});
          await next();
        },
        async onInvoke(_, next) {
          await next();
        },
      }),
      named("timer", {
        async onMount(_, next) {
          later = new Promise((resolve) => setTimeout(resolve, 5)).then(() => func.invoke({}));
          await next();
        },
      }),
    ]);
    expect(await func.invoke({})).toBe("handled");
    expect(await later).toBe("handled");
  });

  it("B-54: rejects when it takes too long, naming the plugin that is pending, and aborts the signal", async () => {
    vi.useFakeTimers();
    try {
      let signal: AbortSignal | undefined;
      let answer = () => {};
      const closed: string[] = [];
      const func = hosted(
        [
          named("quick", { onMount: (_, next) => next(), onClose: () => void closed.push("quick") }),
          named("slow", {
            async onMount(data, next) {
              signal = data.signal;
              await new Promise<void>((resolve) => (answer = resolve));
              await next();
            },
            onClose: () => void closed.push("slow"),
          }),
        ],
        { mountTimeoutMs: 5_000 },
      );
      const invoked = func.invoke({}).catch((thrown: unknown) => thrown);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await invoked).toMatchObject({ code: "MOUNT_TIMEOUT", plugins: ["slow"] });
      expect(signal?.aborted).toBe(true);
      // What comes up too late is closed again.
      answer();
      await vi.advanceTimersByTimeAsync(0);
      expect(closed).toEqual(["slow", "quick"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("says MOUNT_INCOMPLETE, and who, when a plugin does not call next()", async () => {
    const func = hosted([
      named("first", { onMount: (_, next) => next() }),
      named("forgetful", { onMount() {} }),
      named("last", { onMount: (_, next) => next() }),
    ]);
    await expect(func.mount()).rejects.toMatchObject({ code: "MOUNT_INCOMPLETE", plugins: ["forgetful"] });
  });

  it.each([
    ["twice", async (next: Next) => (await next(), next())],
    ["twice without awaiting the second", async (next: Next) => (await next(), void next())],
    ["twice at once", (next: Next) => Promise.all([next(), next()])],
  ])("B-59: next() %s in onMount is an error that names plugin and hook", async (_, callNext) => {
    const func = hosted([named("greedy", { onMount: (_data, next) => callNext(next) })]);
    await expect(func.mount()).rejects.toMatchObject({
      code: "NEXT_CALLED_MULTIPLE_TIMES",
      message: expect.stringMatching(/greedy \(onMount\)/),
    });
  });

  it("B-60: waits for what a hook forgot to await, and tells its author", async () => {
    const { logger, lines } = createRecordingLogger();
    let opened = false;
    const func = hosted(
      [
        named("forgetful", { onMount: (_, next) => void next() }),
        named("db", {
          async onMount(_, next) {
            await new Promise((resolve) => setImmediate(resolve));
            opened = true;
            await next();
          },
        }),
      ],
      { logger },
    );
    await func.mount();
    expect(opened).toBe(true);
    expect(lines).toEqual([expect.objectContaining({ level: "warn" })]);
    expect(lines[0]!.fields).toMatchObject({ plugin: "forgetful", hook: "onMount" });
  });

  it("labels each plugin's lines with its name", async () => {
    const { logger, lines } = createRecordingLogger();
    const talker = (name: string) =>
      named(name, {
        async onMount(data, next) {
          data.logger.info("before");
          await next();
          data.logger.info("after");
        },
      });
    await hosted([talker("a"), talker("b")], { logger }).mount();
    expect(lines.map(({ message, fields }) => [fields["plugin"], message])).toEqual([
      ["a", "before"],
      ["b", "before"],
      ["b", "after"],
      ["a", "after"],
    ]);
  });
});

describe("close", () => {
  it("B-63: runs onClose in reverse, tries each, and collects what failed", async () => {
    const notes: string[] = [];
    const closing = (name: string, error?: unknown) =>
      named(name, {
        onInvoke: (_, next) => next(),
        async onClose() {
          notes.push(name);
          if (error !== undefined) throw error;
        },
      });
    const func = hosted([closing("a", "a failed"), closing("b"), closing("c", new Error("c failed"))]);
    await func.invoke({});
    const error = await func.close().catch((thrown: unknown) => thrown);
    expect(notes).toEqual(["c", "b", "a"]);
    expect(error).toMatchObject({
      code: "CLOSE_FAILED",
      cause: { errors: [new Error("c failed"), "a failed"] },
    });
    await expect(func.close()).rejects.toBe(error);
    expect(notes).toHaveLength(3);
  });

  it("refuses invokes from then on, and closes nothing that was never mounted", async () => {
    let closed = 0;
    const func = hosted([named("a", { onInvoke: (_, next) => next(), onClose: () => void (closed += 1) })]);
    await func.close();
    expect(closed).toBe(0);
    await expect(func.invoke({})).rejects.toMatchObject({ code: "FUNC_CLOSED" });
  });

  it("waits for a mount that is under way, and closes what it mounted", async () => {
    const notes: string[] = [];
    const func = hosted([
      named("slow", {
        async onMount(_, next) {
          await new Promise((resolve) => setImmediate(resolve));
          notes.push("mounted");
          await next();
        },
        onClose: () => void notes.push("closed"),
      }),
    ]);
    const mounting = func.mount();
    await func.close();
    await mounting;
    expect(notes).toEqual(["mounted", "closed"]);
  });

  it("is what `await using` does", async () => {
    let closed = false;
    {
      await using func = hosted([
        named("a", { onInvoke: (_, next) => next(), onClose: () => void (closed = true) }),
      ]);
      await func.invoke({});
    }
    expect(closed).toBe(true);
  });
});
