import { describe, expect, it } from "vitest";
import { createHeldAdapter } from "../test-support/held-adapter.ts";
import { choices, interleavings } from "../test-support/interleavings.ts";
import { registeredFetches } from "../test-support/registered-fetches.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createSubscription } from "./index.ts";

// Two equal subscriptions, a server and a clock, in every order that their steps can take. At no time is there more than
// one connection, or one that nobody wants; in the end whoever is mounted has a connection, and shows what came by it.

type Deed =
  | "mounts a"
  | "mounts b"
  | "unmounts a"
  | "unmounts b"
  | "opens"
  | "refuses"
  | "sends"
  | "loses"
  | "closes"
  | "time passes"
  | "clears"
  | "reconnects";

const ACTORS: readonly (readonly Deed[])[] = [
  ["mounts a", "unmounts a"],
  ["mounts b"],
  ["unmounts a", "mounts a"],
  ["clears"],
  ["reconnects"],
  ["time passes"],
];
const SERVERS: readonly (readonly Deed[])[] = [
  ["opens", "sends", "loses"],
  ["refuses", "opens", "sends"],
  ["opens", "sends", "closes"],
];

async function play(order: readonly Deed[]): Promise<void> {
  const { client, clock, reported } = createTestBench();
  const { adapter, connections, open } = createHeldAdapter();
  const create = () => createSubscription(client, "prices", { adapter, accumulate: "append" });
  const observers = { a: create(), b: create() };
  const mounted = new Set<string>();
  let sent = 0;
  let closed = false;
  const latest = () => connections.findLast(({ signal }) => !signal.aborted);
  const deed = async (what: Deed): Promise<unknown> => {
    const [verb, name = ""] = what.split(" ") as [string, ("a" | "b")?];
    if (verb === "mounts") return (mounted.add(name), observers[name as "a"].mount());
    if (verb === "unmounts") return (mounted.delete(name), observers[name as "a"].unmount());
    if (verb === "opens") return latest()?.open();
    if (verb === "refuses") return latest()?.refuse(new TypeError("fetch failed"));
    if (verb === "sends") return latest()?.send((sent += 1), { id: String(sent) });
    if (verb === "loses") return latest()?.lose();
    if (verb === "closes") return ((closed ||= open() > 0), latest()?.close());
    if (verb === "clears") return client.stateManager.clear();
    if (verb === "reconnects") return observers.a.reconnect();
    return clock.advance(60_000);
  };

  for (const [at, what] of order.entries()) {
    await deed(what);
    await flushMicrotasks();
    const after = order.slice(0, at + 1);
    const { status } = observers.a.getSnapshot();
    const told = { after, mounted: [...mounted], status };
    expect({
      ...told,
      one: open() <= 1,
      needless: mounted.size === 0 && open() + clock.scheduled > 0,
    }).toEqual({
      ...told,
      one: true,
      needless: false,
    });
    expect({ ...told, same: observers.a.getSnapshot() === observers.b.getSnapshot() }).toEqual({
      ...told,
      same: true,
    });
    const connected = status !== "open" || open() === 1;
    expect({ ...told, connected }).toEqual({ ...told, connected: true });
  }

  for (let rounds = 0; rounds < 3; rounds += 1) {
    await clock.advance(60_000);
    await latest()?.open();
  }
  const { status, data } = observers.b.getSnapshot();
  const before = (data as readonly number[] | undefined) ?? [];
  latest()?.send("last");
  const { data: after } = observers.b.getSnapshot();
  const isLive = mounted.size > 0 && status !== "closed";
  expect({
    order,
    status,
    ascending: before.every((message, at) => at === 0 || before[at - 1]! < message),
    after: after ?? [],
    reported,
  }).toEqual({
    order,
    status: mounted.size === 0 ? "idle" : isLive ? "open" : "closed",
    ascending: true,
    after: isLive ? [...before, "last"] : before,
    reported: [],
  });
  expect({ order, endedByServer: status !== "closed" || closed }).toEqual({ order, endedByServer: true });

  for (const observer of Object.values(observers)) observer.unmount();
  await flushMicrotasks();
  expect({
    order,
    open: open(),
    scheduled: clock.scheduled,
    registered: registeredFetches(client, "GET prices"),
  }).toEqual({ order, open: 0, scheduled: 0, registered: 0 });
}

describe("in every order", () => {
  const cases = [...choices(ACTORS, 2)].map((actors) => ({ what: actors.flat().join(", "), actors }));
  it.each(cases)("$what", async ({ actors }) => {
    for (const server of SERVERS)
      for (const order of interleavings<Deed>([...actors, server])) await play(order);
  });
});
