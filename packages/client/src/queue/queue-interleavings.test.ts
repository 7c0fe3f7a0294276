import { describe, expect, it } from "vitest";
import type { ClientError } from "../errors.ts";
import { choices, interleavings } from "../test-support/interleavings.ts";
import { registeredFetches } from "../test-support/registered-fetches.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createQueue } from "./index.ts";

// Several actors work on a queue of three tasks with room for one or two, in every order that their steps can take. At
// no time is more under way than there is room for, or one task twice; in the end every promise has settled, each task
// is what its last attempt came to, and nothing is left.

type Deed =
  | `aborts ${"a" | "b"}`
  | `retries ${"a" | "b"}`
  | `removes ${"a" | "b"}`
  | `adds ${"a" | "x"}`
  | "clears"
  | "answers"
  | "fails";

const ACTORS: readonly (readonly Deed[])[] = [
  ["aborts a", "retries a"],
  ["aborts b", "retries b"],
  ["retries a", "aborts a"],
  ["removes a", "adds a"],
  ["clears", "adds x"],
  ["retries b"],
];
const SERVERS: readonly (readonly Deed[])[] = [
  ["answers", "fails"],
  ["fails", "answers"],
];

async function play(order: readonly Deed[], concurrency: number): Promise<void> {
  const { client, transport, clock, reported } = createTestBench();
  const held = transport.hold("POST files");
  const queue = createQueue(client, "files", { concurrency });
  const answered = new Set<unknown>();
  const promises: Promise<unknown>[] = [];
  const open = () => held.filter((request) => !answered.has(request) && !request.request.signal?.aborted);
  const settle = (reply: { data?: unknown; status?: number }) => {
    const [request] = open();
    if (!request) return;
    answered.add(request);
    request.reply(reply);
  };
  const add = (id: string) => {
    const has = queue.getSnapshot().items.some((item) => item.id === id);
    let refusal: unknown;
    try {
      promises.push(queue.add({ body: id }, { id }).done);
    } catch (error) {
      refusal = (error as ClientError).code;
    }
    expect(refusal).toBe(has ? "DUPLICATE_ID" : undefined);
  };
  const deed = (what: Deed) => {
    const [verb, id = ""] = what.split(" ");
    if (verb === "aborts") queue.abort(id);
    if (verb === "retries") promises.push(queue.retry(id));
    if (verb === "removes") queue.remove(id);
    if (verb === "adds") add(id);
    if (verb === "clears") queue.clear();
    if (verb === "answers") settle({ data: 1 });
    if (verb === "fails") settle({ status: 500 });
  };
  const check = (after: readonly Deed[]) => {
    const underWay = open().map(({ request }) => request.body);
    const { running } = queue.getSnapshot();
    const told = { after, underWay, running };
    expect({ ...told, within: Math.max(running, underWay.length) <= concurrency }).toEqual({
      ...told,
      within: true,
    });
    expect({ ...told, once: new Set(underWay).size }).toEqual({ ...told, once: underWay.length });
  };

  for (const id of ["a", "b", "c"]) add(id);
  await flushMicrotasks();
  for (const [at, what] of order.entries()) {
    deed(what);
    check(order.slice(0, at + 1));
    await flushMicrotasks();
    check(order.slice(0, at + 1));
  }
  while (open().length > 0) {
    settle({ data: 1 });
    await flushMicrotasks();
  }
  const responses = await Promise.all(promises);
  const { items, ...counts } = queue.getSnapshot();
  expect({
    order,
    counts,
    unsettled: items.filter(({ status }) => status === "waiting" || status === "running"),
    contradictions: items.filter(({ status, error }) => (status === "success") === (error !== undefined)),
    responses: responses.length,
    scheduled: clock.scheduled,
    reported,
    registered: registeredFetches(client, "POST files"),
  }).toEqual({
    order,
    counts: { waiting: 0, running: 0 },
    unsettled: [],
    contradictions: [],
    responses: promises.length,
    scheduled: 0,
    reported: [],
    registered: 0,
  });
}

describe("B-47 in every order", () => {
  const cases = [...choices(ACTORS, 2)].flatMap((actors) =>
    [1, 2].map((concurrency) => ({ what: actors.flat().join(", "), actors, concurrency })),
  );
  it.each(cases)("$what, $concurrency at once", async ({ actors, concurrency }) => {
    for (const server of SERVERS)
      for (const order of interleavings<Deed>([...actors, server])) await play(order, concurrency);
  });
});
