import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import type { ClientResponse } from "./response.ts";
import type { CacheEntry } from "../state/state-types.ts";
import { choices, interleavings } from "../test-support/interleavings.ts";
import { registeredFetches } from "../test-support/registered-fetches.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

// Two and three actors work on one key, in every order that their steps can take. After each step the state is what
// a short oracle says, and in the end every request has settled once, as its own steps say, and nothing is left.

type Deed =
  | "starts" // a read
  | "retries" // after its first attempt failed: the second one begins
  | "is answered"
  | "fails"
  | "fails once"
  | "aborts"
  | "invalidates"
  | "writes" // a POST that invalidates when it is answered
  | "has written"
  | "deletes"
  | "clears";

interface Step {
  readonly actor: string;
  readonly deed: Deed;
}

type Actor = readonly Deed[];

const BRIEF_READERS: readonly Actor[] = [
  ["starts", "is answered"],
  ["starts", "fails"],
  ["starts", "aborts"],
];
const RETRYING: Actor = ["starts", "fails once", "retries", "is answered"];
const READERS: readonly Actor[] = [
  ...BRIEF_READERS,
  ["starts", "aborts", "is answered"],
  ["starts", "is answered", "aborts"],
  ["starts", "fails once", "aborts", "retries"],
  RETRYING,
];
const DISTURBERS: readonly Actor[] = [["invalidates"], ["writes", "has written"], ["deletes"], ["clears"]];

const KEY = "GET posts";

/** The state after these steps, said without any counter: by what happened while an answer was under way. */
function expectedEntry(trace: readonly Step[]): { data: string; stale: boolean } | undefined {
  let entry: { data: string; stale: boolean } | undefined;
  for (const [at, { actor, deed }] of trace.entries()) {
    const before = trace.slice(0, at);
    const madeAt = (reader: string) =>
      before.findIndex((step) => step.actor === reader && step.deed === "starts");
    const sentAt = before.findLastIndex(
      (step) => step.actor === actor && ["starts", "retries"].includes(step.deed),
    );
    const since = (index: number, deeds: readonly Deed[]) =>
      before.slice(index + 1).filter((step) => deeds.includes(step.deed));

    if (deed === "clears") entry = undefined;
    if (deed === "deletes") entry = undefined;
    if ((deed === "invalidates" || deed === "has written") && entry) entry = { ...entry, stale: true };
    if (
      deed === "is answered" &&
      !(actor in expectedOutcomes(before)) &&
      since(sentAt, ["clears"]).length === 0
    ) {
      const stale = since(sentAt, ["starts", "invalidates", "has written", "deletes"]).length > 0;
      if (!entry || madeAt(entry.data) < madeAt(actor)) entry = { data: actor, stale };
    }
  }
  return entry;
}

/** What the requests have come to after these steps: the first of its ends counts. */
function expectedOutcomes(trace: readonly Step[]): Readonly<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (const { actor, deed } of trace) {
    if (deed === "fails") outcomes[actor] ??= "error";
    if (deed === "aborts") outcomes[actor] ??= "aborted";
    // Each is answered with its own name.
    if (deed === "is answered" || deed === "has written") outcomes[actor] ??= actor;
  }
  return outcomes;
}

/** Plays one order on a real client, checks the state after each step, and all that is left in the end. */
async function play(order: readonly Step[]): Promise<void> {
  const { client: bare, transport, clock, reported } = createTestBench();
  const settlements: string[] = [];
  const outcomes: Record<string, unknown> = {};
  const controllers = new Map<string, AbortController>();
  const waiting = new Map<string, () => void>();
  let shown: CacheEntry | undefined;

  const witness = definePlugin<{ options: { actor?: string } }>()({
    name: "test:witness",
    afterResponse({ pluginOptions, operationType, stateManager, tags }, { error }) {
      settlements.push(pluginOptions!.actor!);
      if (operationType === "write" && !error) stateManager.markStale(tags);
    },
  });
  const retry = definePlugin<{ options: { actor?: string } }>()({
    name: "test:retry",
    repeatable: true,
    async middleware({ pluginOptions, request: { signal } }, next) {
      const response = await next();
      if (response.status !== 503) return response;
      await new Promise<void>((resolve) => {
        waiting.set(pluginOptions!.actor!, resolve);
        signal?.addEventListener("abort", () => resolve(), { once: true });
      });
      return next();
    },
  });
  const client = bare.use([witness, retry]);
  const held = [transport.hold(KEY), transport.hold("POST posts")];
  const sentBy = (actor: string) =>
    held.flat().findLast(({ request }) => request.headers["x-actor"] === actor);
  client.stateManager.subscribe(KEY, (entry) => (shown = entry));

  const send = (actor: string, method: "get" | "post") => {
    const controller = new AbortController();
    controllers.set(actor, controller);
    const options = { actor, headers: { "x-actor": actor }, signal: controller.signal, timeoutMs: 60_000 };
    void client[method]("posts", options).then((response) => (outcomes[actor] = briefOutcome(response)));
  };
  const deeds: Record<Deed, (actor: string) => unknown> = {
    starts: (actor) => send(actor, "get"),
    writes: (actor) => send(actor, "post"),
    retries: (actor) => waiting.get(actor)?.(),
    "is answered": (actor) => sentBy(actor)?.reply({ data: actor }),
    "has written": (actor) => sentBy(actor)?.reply({ data: actor }),
    fails: (actor) => sentBy(actor)?.reply({ status: 500 }),
    "fails once": (actor) => sentBy(actor)?.reply({ status: 503 }),
    aborts: (actor) => controllers.get(actor)?.abort(),
    invalidates: () => client.stateManager.markStale("posts"),
    deletes: () => client.stateManager.deleteCache(KEY),
    clears: () => client.stateManager.clear(),
  };

  for (const [at, { actor, deed }] of order.entries()) {
    deeds[deed](actor);
    await flushMicrotasks();
    const trace = order.slice(0, at + 1);
    const entry = expectedEntry(trace);
    expect({
      trace: said(trace),
      entry: briefly(client.stateManager.getCache(KEY)),
      shown: briefly(shown),
      outcomes,
    }).toEqual({ trace: said(trace), entry, shown: entry, outcomes: expectedOutcomes(trace) });
  }

  expect({
    order: said(order),
    settlements: settlements.toSorted(),
    scheduled: clock.scheduled,
    reported,
    registered: [KEY, "POST posts"].map((key) => registeredFetches(client, key)),
  }).toEqual({
    order: said(order),
    settlements: [...controllers.keys()].toSorted(),
    scheduled: 0,
    reported: [],
    registered: [0, 0],
  });
}

function briefly(entry: CacheEntry | undefined) {
  return entry && { data: entry.state.data, stale: entry.stale };
}

function briefOutcome({ data, error, aborted }: ClientResponse): unknown {
  return aborted ? "aborted" : error ? "error" : data;
}

const said = (steps: readonly Step[]) => steps.map(({ actor, deed }) => `${actor} ${deed}`).join(", ");

/** One test for each choice of actors; it plays all orders of theirs. */
function testEveryOrder(name: string, choicesOfActors: Iterable<readonly Actor[]>): void {
  const cases = [...choicesOfActors].map((chosen) => {
    const actors = chosen.map((deeds, at) => deeds.map((deed) => ({ actor: "ABC".charAt(at), deed })));
    return { what: actors.map((steps) => said(steps)).join("; "), actors };
  });
  it.each(cases)(`${name}: $what`, async ({ actors }) => {
    for (const order of interleavings<Step>(actors)) {
      await play(order);
    }
  });
}

describe("B-19 B-20 B-23 B-24, C5: in every order", () => {
  testEveryOrder("two readers", choices(READERS, 2));
  testEveryOrder(
    "a reader and a disturber",
    READERS.flatMap((reader) => DISTURBERS.map((disturber) => [reader, disturber])),
  );
  testEveryOrder("three readers", choices(BRIEF_READERS, 3));
  testEveryOrder(
    "a retried reader and two others",
    [...choices(BRIEF_READERS, 2)].map((readers) => [RETRYING].concat(readers)),
  );
  testEveryOrder(
    "two readers and a disturber",
    [...choices([...BRIEF_READERS, RETRYING], 2)].flatMap((readers) =>
      DISTURBERS.map((disturber) => readers.concat([disturber])),
    ),
  );
  testEveryOrder(
    "a reader and two disturbers",
    READERS.flatMap((reader) => [...choices(DISTURBERS, 2)].map((disturbers) => [reader].concat(disturbers))),
  );
});
