import { describe, expect, it, vi } from "vitest";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { untilAborted } from "./until-aborted.ts";

describe("untilAborted", () => {
  it("settles as the promise does, with a signal and without one", async () => {
    for (const signal of [undefined, new AbortController().signal]) {
      expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
      await expect(untilAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
    }
  });

  it("rejects with the signal's reason, before the wait and during it", async () => {
    const controller = new AbortController();
    const waiting = untilAborted(new Promise(() => {}), controller.signal);
    controller.abort("bored");
    await expect(waiting).rejects.toBe("bored");
    await expect(untilAborted(new Promise(() => {}), controller.signal)).rejects.toBe("bored");
  });

  it("lets a promise that fails afterwards fail unheard, and goes on for others", async () => {
    let fail = (_: Error) => {};
    const promise = new Promise<number>((_, reject) => (fail = reject));
    const controller = new AbortController();
    const [leaving, staying] = [untilAborted(promise, controller.signal), untilAborted(promise, undefined)];
    controller.abort("bored");
    await expect(leaving).rejects.toBe("bored");
    fail(new Error("late"));
    await expect(staying).rejects.toThrow("late");
  });

  it("leaves no listener on a signal that lives on", async () => {
    const { signal } = new AbortController();
    const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
    await untilAborted(Promise.resolve(), signal);
    await flushMicrotasks();
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
  });

  it("settles a request as aborted whose plugin waits with it", async () => {
    const { client, transport } = createTestBench();
    const waiting = client.use([
      {
        name: "test:waiting",
        async middleware(context, next) {
          await untilAborted(new Promise(() => {}), context.request.signal);
          return next();
        },
      },
    ]);
    const controller = new AbortController();
    const pending = waiting.get("items", { signal: controller.signal });
    await flushMicrotasks();
    controller.abort("bored");
    expect(await pending).toMatchObject({ aborted: true, error: { code: "ABORTED", cause: "bored" } });
    expect(transport.requests).toEqual([]);
  });
});
