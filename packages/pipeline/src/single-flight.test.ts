import { describe, expect, it } from "vitest";
import { singleFlight } from "./single-flight.ts";

/** A function whose runs end when the test says so. */
function controlled() {
  const runs: { succeed: (value: string) => void; fail: (error: unknown) => void }[] = [];
  const run = () => new Promise<string>((succeed, fail) => runs.push({ succeed, fail }));
  return { runs, flight: singleFlight(run) };
}

describe("a single flight", () => {
  it("shares one run among the callers that come while it is under way", async () => {
    const { runs, flight } = controlled();
    const first = flight();
    await Promise.resolve();
    const second = flight();
    expect(runs).toHaveLength(1);
    runs[0]!.succeed("value");
    expect(await Promise.all([first, second, flight()])).toEqual(["value", "value", "value"]);
    expect(runs).toHaveLength(1);
  });

  it("does not run before it is called", () => {
    expect(controlled().runs).toHaveLength(0);
  });

  it.each([0, "", false, null, undefined])(
    "keeps its success for later callers, %o as well",
    async (value) => {
      let runs = 0;
      const flight = singleFlight(() => {
        runs += 1;
        return value;
      });
      expect(await flight()).toBe(value);
      expect(await flight()).toBe(value);
      expect(runs).toBe(1);
    },
  );

  it("gives one failure to everyone who waits", async () => {
    const { runs, flight } = controlled();
    const waiting = Promise.allSettled([flight(), flight(), flight()]);
    await Promise.resolve();
    const reason = new Error("no connection");
    runs[0]!.fail(reason);
    expect(await waiting).toEqual(Array.from({ length: 3 }, () => ({ status: "rejected", reason })));
    expect(runs).toHaveLength(1);
  });

  it("tries again on the next call after a failure, and keeps the success of that", async () => {
    let runs = 0;
    const flight = singleFlight(async () => {
      runs += 1;
      if (runs < 3) throw new RangeError(`run ${runs}`);
      return runs;
    });
    await expect(flight()).rejects.toThrow("run 1");
    await expect(flight()).rejects.toThrow("run 2");
    expect(await flight()).toBe(3);
    expect(await flight()).toBe(3);
  });

  it("has forgotten a failure by the time its first waiter hears of it, whoever waits first", async () => {
    const { runs, flight } = controlled();
    const again = [flight(), flight()].map((waiting) => waiting.catch(() => flight()));
    await Promise.resolve();
    runs[0]!.fail(new Error("once"));
    await Promise.allSettled([flight()]);
    await Promise.resolve();
    expect(runs).toHaveLength(2);
    runs[1]!.succeed("second run");
    expect(await Promise.all(again)).toEqual(["second run", "second run"]);
  });

  it("turns a synchronous throw into a rejection, and tries again after it", async () => {
    let broken = true;
    const flight = singleFlight(() => {
      if (broken) throw new RangeError("sync");
      return "mended";
    });
    await expect(flight()).rejects.toBeInstanceOf(RangeError);
    broken = false;
    expect(await flight()).toBe("mended");
  });

  it("gives a call from within its run the flight that is under way, and does not recurse", async () => {
    let runs = 0;
    let inner: Promise<string> | undefined;
    const flight = singleFlight((): string => {
      runs += 1;
      inner = flight();
      return "value";
    });
    expect(await flight()).toBe("value");
    expect(await inner).toBe("value");
    expect(runs).toBe(1);
  });

  it("adopts a thenable", async () => {
    const thenable: PromiseLike<string> = {
      // oxlint-disable-next-line unicorn/no-thenable
      then: (onFulfilled, onRejected) => Promise.resolve("adopted").then(onFulfilled, onRejected),
    };
    expect(await singleFlight(() => thenable)()).toBe("adopted");
  });

  it("is apart from every other one of the same function", async () => {
    let runs = 0;
    const count = async () => (runs += 1);
    const [one, other] = [singleFlight(count), singleFlight(count)];
    expect([await one(), await other(), await one()]).toEqual([1, 2, 1]);
  });
});
