import { describe, expect, it } from "vitest";
import { collecting } from "./test-support.ts";

describe("timers", () => {
  it("B-42: are none on a server: requests without observers leave none, and clear up themselves", async () => {
    const { read, known, clock } = collecting({ gcTime: 1_000 });
    for (const id of [1, 2, 3]) {
      const pending = read(id);
      expect(clock.scheduled).toBe(0);
      await pending;
      expect(clock.scheduled).toBe(0);
    }
    await clock.advance(10_000);
    expect(known()).toEqual([1, 2, 3]);
    await read(4);
    expect(known()).toEqual([4]);
  });

  it("are one while an observer is mounted and something else may be forgotten", async () => {
    const { read, observe, known, clock } = collecting({ gcTime: 1_000 });
    const observer = observe(1);
    observer.mount();
    await clock.advance(0);
    expect(clock.scheduled).toBe(0);
    for (const id of [2, 3, 4]) {
      await read(id, { gcTime: id * 1_000 });
      expect(clock.scheduled).toBe(1);
    }
    await clock.advance(2_000);
    expect(known()).toEqual([1, 3, 4]);
    await clock.advance(2_000);
    expect([known(), clock.scheduled]).toEqual([[1], 0]);
    observer.unmount();
  });

  it("are moved up for what is to be forgotten sooner", async () => {
    const { read, observe, known, clock } = collecting({ gcTime: 10_000 });
    const observer = observe(1);
    observer.mount();
    await read(2);
    await read(3, { gcTime: 100 });
    await clock.advance(100);
    expect(known()).toEqual([1, 2]);
    observer.unmount();
  });

  it("look again when they came too early, because of a later use", async () => {
    const { read, observe, known, clock } = collecting({ gcTime: 1_000 });
    const observer = observe(1);
    observer.mount();
    await read(2);
    await clock.advance(600);
    await read(2);
    await clock.advance(999);
    expect(known()).toEqual([1, 2]);
    await clock.advance(1);
    expect(known()).toEqual([1]);
    observer.unmount();
  });

  it("are none any more when the last observer is unmounted", async () => {
    const { read, observe, clock } = collecting();
    const [one, two] = [observe(1), observe(2)];
    one.mount();
    two.mount();
    await read(3);
    one.unmount();
    expect(clock.scheduled).toBe(1);
    two.unmount();
    expect(clock.scheduled).toBe(0);
  });

  it("are none for what is kept for good", async () => {
    const { read, observe, clock } = collecting({ gcTime: Infinity });
    const observer = observe(1);
    observer.mount();
    await read(2);
    expect(clock.scheduled).toBe(0);
    observer.unmount();
  });

  it("B-31: are none after dispose, though observers were mounted and requests under way", async () => {
    const { read, observe, client, transport, clock } = collecting();
    const held = transport.hold("GET items/10");
    observe(1).mount();
    await read(2);
    const pending = read(10);
    await clock.advance(0);
    client.dispose();
    expect(clock.scheduled).toBe(0);
    held[0]?.reply({ data: 10 });
    await pending;
    expect(clock.scheduled).toBe(0);
  });
});
