import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { choices, interleavings } from "../test-support/interleavings.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

// Callers share fetches of one key while some of them leave, the server answers, and the state is invalidated or
// cleared, in every order. A model without promises says after each step which fetches there are, which of them
// are aborted, what each caller has got, and what the state holds.

type Deed = "joins" | "leaves" | "oldest is answered" | "newest is answered" | "invalidates" | "clears";

interface Step {
  readonly actor: string;
  readonly deed: Deed;
}

const CALLERS: readonly (readonly Deed[])[] = [["joins"], ["joins", "leaves"]];
const ANSWERS: readonly (readonly Deed[])[] = [["oldest is answered"], ["newest is answered"]];
const DISTURBERS: readonly (readonly Deed[])[] = [["invalidates"], ["clears"]];

interface Flight {
  readonly number: number;
  readonly waiting: Set<string>;
  state: "under way" | "answered" | "abandoned";
  /** Whether it is of before an invalidation. */
  outdated: boolean;
  /** Whether it is of before a `clear()`. */
  forgotten: boolean;
}

/** What there is after these steps. */
function model(trace: readonly Step[]) {
  const flights: Flight[] = [];
  const outcomes: Record<string, number | "left"> = {};
  let entry: { data: number; stale: boolean } | undefined;
  for (const { actor, deed } of trace) {
    const underWay = flights.filter(({ state }) => state === "under way");
    if (deed === "joins") {
      const joinable = underWay.find(({ outdated, forgotten }) => !outdated && !forgotten);
      if (joinable) joinable.waiting.add(actor);
      else
        flights.push({
          number: flights.length,
          waiting: new Set([actor]),
          state: "under way",
          outdated: false,
          forgotten: false,
        });
    }
    if (deed === "leaves") {
      const left = underWay.find(({ waiting }) => waiting.delete(actor));
      if (left) outcomes[actor] = "left";
      if (left?.waiting.size === 0) left.state = "abandoned";
    }
    const answered = { "oldest is answered": underWay[0], "newest is answered": underWay.at(-1) }[
      deed as string
    ];
    if (answered) {
      answered.state = "answered";
      for (const caller of answered.waiting) outcomes[caller] = answered.number;
      const replaces = !answered.forgotten && (!entry || entry.data < answered.number);
      const stale = answered.outdated || answered !== flights.at(-1);
      if (replaces) entry = { data: answered.number, stale };
    }
    if (deed === "invalidates") {
      for (const flight of flights) flight.outdated = true;
      if (entry) entry = { ...entry, stale: true };
    }
    if (deed === "clears") {
      for (const flight of flights) flight.forgotten = true;
      entry = undefined;
    }
  }
  return { flights, outcomes, entry };
}

async function play(order: readonly Step[]): Promise<void> {
  const { client: bare, transport, clock, reported } = createTestBench();
  const outcomes: Record<string, unknown> = {};
  const settlements: unknown[] = [];
  const controllers = new Map<string, AbortController>();
  const share = definePlugin<{ options: { actor?: string } }>()({
    name: "test:share",
    middleware({ request, queryKey }, next) {
      request.shareKey = queryKey;
      return next();
    },
    afterResponse: ({ pluginOptions }) => void settlements.push(pluginOptions!.actor),
  });
  const client = bare.use([share]);
  const held = transport.hold("GET posts");

  const join = (actor: string) => {
    const controller = new AbortController();
    controllers.set(actor, controller);
    void client
      .get("posts", { actor, signal: controller.signal, timeoutMs: 60_000 })
      .then(({ data, aborted }) => {
        outcomes[actor] = aborted ? "left" : data;
      });
  };

  for (const [at, { actor, deed }] of order.entries()) {
    const { flights } = model(order.slice(0, at));
    const underWay = flights.filter(({ state }) => state === "under way").map(({ number }) => number);
    const answer = (flight = -1) => held[flight]?.reply({ data: flight });
    if (deed === "joins") join(actor);
    else if (deed === "leaves") controllers.get(actor)?.abort();
    else if (deed === "invalidates") client.stateManager.markStale("posts");
    else if (deed === "clears") client.stateManager.clear();
    else answer(deed === "oldest is answered" ? underWay[0] : underWay.at(-1));
    await flushMicrotasks();

    const trace = order.slice(0, at + 1);
    const expected = model(trace);
    const entry = client.stateManager.getCache("GET posts");
    expect({
      trace: said(trace),
      aborted: transport.requests.map(({ signal }) => signal?.aborted),
      outcomes,
      entry: entry && { data: entry.state.data, stale: entry.stale },
    }).toEqual({
      trace: said(trace),
      aborted: expected.flights.map(({ state }) => state === "abandoned"),
      outcomes: expected.outcomes,
      entry: expected.entry,
    });
  }

  expect({
    order: said(order),
    settlements: settlements.toSorted(),
    reported,
    scheduled: clock.scheduled,
  }).toEqual({
    order: said(order),
    settlements: Object.keys(outcomes).toSorted(),
    reported: [],
    scheduled: controllers.size - settlements.length,
  });
}

const said = (steps: readonly Step[]) => steps.map(({ actor, deed }) => `${actor} ${deed}`).join(", ");

describe("C7: fetches that are shared, in every order", () => {
  const twoAnswers = [...choices(CALLERS, 2)].flatMap((callers) =>
    [...choices(ANSWERS, 2)].map((answers) => callers.concat(answers)),
  );
  const casts = [
    ...twoAnswers,
    ...[...choices(CALLERS, 3)].map((callers) => callers.concat([["oldest is answered"]])),
    ...twoAnswers.flatMap((cast) => DISTURBERS.map((disturber) => cast.concat([disturber]))),
  ].map((cast) => cast.map((deeds, at) => deeds.map((deed) => ({ actor: "ABCDE".charAt(at), deed }))));

  it.each(casts.map((actors) => ({ what: actors.map(said).join("; "), actors })))(
    "$what",
    async ({ actors }) => {
      for (const order of interleavings<Step>(actors)) {
        await play(order);
      }
    },
  );
});
