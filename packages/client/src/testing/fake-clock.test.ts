import { describe, expect, it } from "vitest";
import { createFakeClock } from "./fake-clock.ts";

/** A clock, and what was called on it at which time. */
function clockWithLog(startMs?: number) {
  const clock = createFakeClock(startMs);
  const log: string[] = [];
  const say = (what: string) => () => void log.push(`${what} at ${clock.now()}`);
  return { clock, log, say };
}

describe("a fake clock", () => {
  it("stands still until it is told to move", async () => {
    const { clock, log, say } = clockWithLog(1_000);
    clock.schedule(say("a"), 0);
    expect(clock.now()).toBe(1_000);
    await clock.advance(0);
    expect(log).toEqual(["a at 1000"]);
    await clock.advance(5);
    expect(clock.now()).toBe(1_005);
  });

  it("starts at 0 unless told otherwise", () => {
    expect(createFakeClock().now()).toBe(0);
  });

  it("calls what falls due in the order of its time, and at its time", async () => {
    const { clock, log, say } = clockWithLog();
    clock.schedule(say("late"), 30);
    clock.schedule(say("early"), 10);
    clock.schedule(say("middle"), 20);
    await clock.advance(100);
    expect(log).toEqual(["early at 10", "middle at 20", "late at 30"]);
    expect(clock.now()).toBe(100);
  });

  it("calls what falls due together in the order of its scheduling", async () => {
    const { clock, log, say } = clockWithLog();
    for (const name of ["a", "b", "c"]) clock.schedule(say(name), 10);
    await clock.advance(10);
    expect(log).toEqual(["a at 10", "b at 10", "c at 10"]);
  });

  it("calls once, and not before its time", async () => {
    const { clock, log, say } = clockWithLog();
    clock.schedule(say("a"), 10);
    await clock.advance(9);
    expect(log).toEqual([]);
    await clock.advance(1);
    await clock.advance(1_000);
    expect(log).toEqual(["a at 10"]);
  });

  it("takes a delay below 0 for 0", async () => {
    const { clock, log, say } = clockWithLog(50);
    clock.schedule(say("a"), -10);
    await clock.advance(0);
    expect(log).toEqual(["a at 50"]);
  });

  it("calls what a callback schedules, if that falls due within the same advance", async () => {
    const { clock, log, say } = clockWithLog();
    clock.schedule(() => {
      say("outer")();
      clock.schedule(say("soon"), 5);
      clock.schedule(say("later"), 50);
    }, 10);
    clock.schedule(say("other"), 12);
    await clock.advance(20);
    expect(log).toEqual(["outer at 10", "other at 12", "soon at 15"]);
    await clock.advance(40);
    expect(log.at(-1)).toBe("later at 60");
  });

  it("lets promises settle before it moves, and between two callbacks", async () => {
    const { clock, log, say } = clockWithLog();
    void Promise.resolve().then(() => clock.schedule(say("from a promise"), 5));
    clock.schedule(() => void Promise.resolve().then(say("in between")), 10);
    clock.schedule(say("last"), 10);
    await clock.advance(10);
    expect(log).toEqual(["from a promise at 5", "in between at 10", "last at 10"]);
  });

  it("does not call what was cancelled, also by a callback of the same time", async () => {
    const { clock, log, say } = clockWithLog();
    clock.schedule(say("cancelled"), 5)();
    const cancel = clock.schedule(say("cancelled late"), 10);
    clock.schedule(() => cancel(), 9);
    clock.schedule(() => cancelTwin(), 20);
    const cancelTwin = clock.schedule(say("twin"), 20);
    await clock.advance(30);
    expect(log).toEqual([]);
  });

  it("counts what is scheduled: neither what was called nor what was cancelled", async () => {
    const clock = createFakeClock();
    clock.schedule(() => {}, 5);
    const cancel = clock.schedule(() => {}, 10);
    clock.schedule(() => {}, 15);
    expect(clock.scheduled).toBe(3);
    await clock.advance(5);
    expect(clock.scheduled).toBe(2);
    cancel();
    cancel();
    expect(clock.scheduled).toBe(1);
  });

  it("leaves it to the test when a callback throws", async () => {
    const clock = createFakeClock();
    clock.schedule(() => {
      throw new RangeError("from the callback");
    }, 5);
    await expect(clock.advance(10)).rejects.toBeInstanceOf(RangeError);
    expect(clock.scheduled).toBe(0);
  });
});
