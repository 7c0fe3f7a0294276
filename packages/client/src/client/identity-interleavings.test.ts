import { describe, expect, it } from "vitest";
import { choices, interleavings } from "../test-support/interleavings.ts";
import { registeredFetches } from "../test-support/registered-fetches.ts";
import { signedIn } from "../test-support/signed-in.ts";
import { flushMicrotasks } from "../testing/index.ts";

// Readers and users come and go in every order. After each step the client holds what a short oracle says.

type Deed =
  "starts" | "is answered" | "aborts" | "invalidates" | "is ada" | "is grace" | "is nobody" | "tells";

interface Step {
  readonly actor: string;
  readonly deed: Deed;
}

type Actor = readonly Deed[];

const READERS: readonly Actor[] = [
  ["starts", "is answered"],
  ["starts", "aborts"],
];
const USERS: readonly Actor[] = [
  ["is grace"],
  ["is grace", "tells"],
  ["is grace", "is ada"],
  ["is grace", "tells", "is ada"],
  ["is nobody", "tells"],
];
const OTHERS: readonly Actor[] = [READERS[0]!, ["invalidates"]];
const NAMES = { "is ada": "ada", "is grace": "grace", "is nobody": undefined };

interface Expected {
  readonly entries: Readonly<Record<string, { data: string; stale: boolean }>>;
  readonly outcomes: Readonly<Record<string, string>>;
}

const keyOf = (user: string | undefined) => (user === undefined ? "GET slow" : `@${user} GET slow`);

/** What there is after these steps. A change is noticed by whatever asks: who tells, a request, an answer. */
function expectedAfter(trace: readonly Step[]): Expected {
  let user: string | undefined = "ada";
  let noticed: string | undefined = user;
  let entry: { data: string; stale: boolean; place: number } | undefined;
  const places = new Map<string, number>();
  const outcomes: Record<string, string> = {};
  let invalidatedAt = -1;

  const notice = () => {
    if (user === noticed) return;
    noticed = user;
    entry = undefined;
    for (const reader of places.keys()) outcomes[reader] ??= "IDENTITY_CHANGED";
  };
  for (const [at, { actor, deed }] of trace.entries()) {
    if (deed in NAMES) user = NAMES[deed as keyof typeof NAMES];
    if (deed === "tells") notice();
    if (deed === "invalidates") {
      invalidatedAt = at;
      if (entry) entry.stale = true;
    }
    if (deed === "starts") {
      notice();
      places.set(actor, at);
    }
    if (outcomes[actor] === undefined && (deed === "is answered" || deed === "aborts")) {
      if (deed === "aborts") outcomes[actor] = "ABORTED";
      notice();
      outcomes[actor] ??= actor;
    }
    const place = places.get(actor) ?? 0;
    if (deed === "is answered" && outcomes[actor] === actor && (entry?.place ?? -1) < place) {
      const superseded = [...places.values()].some((other) => other > place);
      entry = { data: actor, stale: superseded || invalidatedAt > place, place };
    }
  }
  return {
    entries: entry ? { [keyOf(noticed)]: { data: entry.data, stale: entry.stale } } : {},
    outcomes,
  };
}

async function play(order: readonly Step[]): Promise<void> {
  const { client, transport, become, clock, reported } = signedIn("ada", { headers: {} });
  const held = transport.hold("GET slow");
  const controllers = new Map<string, AbortController>();
  const outcomes: Record<string, string> = {};
  const deeds: Record<Deed, (actor: string) => unknown> = {
    starts(actor) {
      const controller = new AbortController();
      controllers.set(actor, controller);
      const options = { headers: { "x-actor": actor }, signal: controller.signal };
      void client.get("slow", options).then(({ data, error }) => {
        outcomes[actor] = error ? error.code : String(data);
      });
    },
    "is answered": (actor) =>
      held.find(({ request }) => request.headers["x-actor"] === actor)?.reply({ data: actor }),
    aborts: (actor) => controllers.get(actor)?.abort(),
    invalidates: () => client.stateManager.markStale("*"),
    "is ada": () => become("ada"),
    "is grace": () => become("grace"),
    "is nobody": () => become(undefined),
    tells: () => client.checkIdentity(),
  };

  for (const [at, { actor, deed }] of order.entries()) {
    deeds[deed](actor);
    await flushMicrotasks();
    const trace = order.slice(0, at + 1);
    const entries = Object.fromEntries(
      client.stateManager.findKeys("*").map((key) => {
        const { state, stale } = client.stateManager.getCache(key)!;
        return [key, { data: state.data, stale }] as const;
      }),
    );
    expect({ trace: said(trace), entries, outcomes }).toEqual({
      trace: said(trace),
      ...expectedAfter(trace),
    });
  }
  expect({
    order: said(order),
    scheduled: clock.scheduled,
    reported,
    registered: ["ada", "grace", undefined].map((user) => registeredFetches(client, keyOf(user))),
  }).toEqual({ order: said(order), scheduled: 0, reported: [], registered: [0, 0, 0] });
}

const said = (steps: readonly Step[]) => steps.map(({ actor, deed }) => `${actor} ${deed}`).join(", ");

describe("in every order", () => {
  const withUser = (actors: readonly Actor[]) => USERS.map((user) => actors.concat([user]));
  const cases = [
    ...[...choices(READERS, 1), ...choices(READERS, 2)].flatMap(withUser),
    ...READERS.flatMap((reader) => OTHERS.flatMap((other) => withUser([reader, other]))),
  ];
  const named = cases.map((chosen) => {
    const actors = chosen.map((deeds, at) => deeds.map((deed) => ({ actor: "ABC".charAt(at), deed })));
    return { what: actors.map((steps) => said(steps)).join("; "), actors };
  });
  it.each(named)("$what", async ({ actors }) => {
    for (const order of interleavings<Step>(actors)) await play(order);
  });
});
