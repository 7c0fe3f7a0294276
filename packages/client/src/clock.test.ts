import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "./clock.ts";

describe("the system clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
  afterEach(() => void vi.useRealTimers());

  it("tells the platform's time", () => {
    expect(systemClock.now()).toBe(1_000);
  });

  it("calls back once, after the delay", () => {
    let calls = 0;
    systemClock.schedule(() => (calls += 1), 50);
    vi.advanceTimersByTime(49);
    expect(calls).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(calls).toBe(1);
  });

  it("does not call back what was cancelled, and leaves no timer", () => {
    let calls = 0;
    systemClock.schedule(() => (calls += 1), 50)();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(50);
    expect(calls).toBe(0);
  });

  it.each([Infinity, 2 ** 31, 2 ** 40])(
    "waits as long as it can for %d ms, which platforms take for 1",
    (delayMs) => {
      const setTimeout = vi.spyOn(globalThis, "setTimeout");
      systemClock.schedule(() => {}, delayMs);
      expect(setTimeout).toHaveBeenCalledExactlyOnceWith(expect.any(Function), 2 ** 31 - 1);
    },
  );
});
