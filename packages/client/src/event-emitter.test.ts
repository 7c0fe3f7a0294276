import { describe, expect, it } from "vitest";
import { createTestBench } from "./testing/index.ts";

function create() {
  const { client, reported } = createTestBench();
  const emit = (queryKey: string) => client.eventEmitter.emit("refetch", { queryKey });
  const follow = () => {
    const seen: (string | undefined)[] = [];
    const stop = client.eventEmitter.on("refetch", ({ queryKey }) => seen.push(queryKey));
    return { seen, stop };
  };
  return { events: client.eventEmitter, emit, follow, reported };
}

describe("an event", () => {
  it("reaches every listener of its name, in the order of their adding", () => {
    const { events, emit } = create();
    const calls: string[] = [];
    events.on("refetch", () => calls.push("first"));
    events.on("refetch", () => calls.push("second"));
    events.on("stale", () => calls.push("of another name"));
    emit("k");
    expect(calls).toEqual(["first", "second"]);
  });

  it("that nobody listens to is nobody's concern", () => {
    const { emit, follow } = create();
    emit("before");
    const { seen } = follow();
    expect(seen).toEqual([]);
  });

  it("reaches a listener as often as it was added", () => {
    const { events, emit } = create();
    let calls = 0;
    const listener = () => (calls += 1);
    const stop = events.on("refetch", listener);
    events.on("refetch", listener);
    emit("k");
    stop();
    emit("k");
    expect(calls).toBe(3);
  });

  it("does not reach who is added while it is told", () => {
    const { events, emit } = create();
    const calls: string[] = [];
    events.on("refetch", () => {
      if (calls.push("first") === 1) events.on("refetch", () => calls.push("added"));
    });
    emit("k");
    expect(calls).toEqual(["first"]);
    emit("k");
    expect(calls).toEqual(["first", "first", "added"]);
  });
});

it("B-26 unsubscribing twice leaves later listeners alone", () => {
  const { emit, follow } = create();
  const first = follow();
  first.stop();
  const later = follow();
  first.stop();
  emit("k");
  expect([first.seen, later.seen]).toEqual([[], ["k"]]);
});

it("C10 a listener that throws is reported and stops no other", () => {
  const { events, emit, follow, reported } = create();
  const cause = new Error("from a listener");
  events.on("refetch", () => {
    throw cause;
  });
  const { seen } = follow();
  emit("k");
  expect(seen).toEqual(["k"]);
  expect(reported).toMatchObject([{ code: "LISTENER_THREW", cause }]);
});
