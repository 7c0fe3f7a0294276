import { describe, expect, it, vi } from "vitest";
import { createRecordingLogger } from "../testing/recording-logger.ts";
import type { MountData, Next } from "../types.ts";
import { hostedFunc, namedPlugin } from "./test-support/hosted-func.ts";
import type { Func } from "./func.ts";

describe("mount", () => {
  it("B-51: runs once, however many first invokes arrive together", async () => {
    let mounts = 0;
    const func = hostedFunc([
      namedPlugin("db", {
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
    const func = hostedFunc([
      namedPlugin("db", {
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
      namedPlugin(name, {
        async onMount(_, next) {
          notes.push(`open ${name}`);
          await next();
        },
        onClose: () => void notes.push(`close ${name}`),
      });
    const failing = namedPlugin("failing", {
      async onMount(_, next) {
        if (broken) throw new Error("not yet");
        await next();
      },
      onClose: () => void notes.push("close failing"),
    });
    const func = hostedFunc([pool("a"), pool("b"), failing, pool("c")]);
    await expect(func.mount()).rejects.toThrow("not yet");
    expect(notes.splice(0)).toEqual(["open a", "open b", "close b", "close a"]);
    broken = false;
    await func.mount();
    expect(notes).toEqual(["open a", "open b", "open c"]);
  });

  it("B-52: is given nothing of the first request", async () => {
    let mountData: MountData | undefined;
    const func = hostedFunc([
      namedPlugin("nosy", {
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
      const func: Func = hostedFunc([
        namedPlugin("eager", {
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
    const other = hostedFunc([]);
    let later: Promise<unknown> | undefined;
    const func: Func = hostedFunc([
      namedPlugin("eager", {
        async onMount(_, next) {
          await other.invoke({});
          await next();
        },
        async onInvoke(_, next) {
          await next();
        },
      }),
      namedPlugin("timer", {
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
      const func = hostedFunc(
        [
          namedPlugin("quick", { onMount: (_, next) => next(), onClose: () => void closed.push("quick") }),
          namedPlugin("slow", {
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
    const func = hostedFunc([
      namedPlugin("first", { onMount: (_, next) => next() }),
      namedPlugin("forgetful", { onMount() {} }),
      namedPlugin("last", { onMount: (_, next) => next() }),
    ]);
    await expect(func.mount()).rejects.toMatchObject({ code: "MOUNT_INCOMPLETE", plugins: ["forgetful"] });
  });

  it.each([
    ["twice", async (next: Next) => (await next(), next())],
    ["twice without awaiting the second", async (next: Next) => (await next(), void next())],
    ["twice at once", (next: Next) => Promise.all([next(), next()])],
  ])("B-59: next() %s in onMount is an error that names plugin and hook", async (_, callNext) => {
    const func = hostedFunc([namedPlugin("greedy", { onMount: (_data, next) => callNext(next) })]);
    await expect(func.mount()).rejects.toMatchObject({
      code: "NEXT_CALLED_MULTIPLE_TIMES",
      message: expect.stringMatching(/greedy \(onMount\)/),
    });
  });

  it("B-60: waits for what a hook forgot to await, and tells its author", async () => {
    const { logger, lines } = createRecordingLogger();
    let opened = false;
    const func = hostedFunc(
      [
        namedPlugin("forgetful", { onMount: (_, next) => void next() }),
        namedPlugin("db", {
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
      namedPlugin(name, {
        async onMount(data, next) {
          data.logger.info("before");
          await next();
          data.logger.info("after");
        },
      });
    await hostedFunc([talker("a"), talker("b")], { logger }).mount();
    expect(lines.map(({ message, fields }) => [fields["plugin"], message])).toEqual([
      ["a", "before"],
      ["b", "before"],
      ["b", "after"],
      ["a", "after"],
    ]);
  });
});
