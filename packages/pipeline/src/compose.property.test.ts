import { array, assert, asyncProperty, boolean, constantFrom, nat, oneof, record } from "fast-check";
import { expect, it } from "vitest";
import { compose } from "./compose.ts";
import type { Core, Next, StepDefinition } from "./types.ts";

// Random chains run through `compose` and through a reference that is slow and plain: what every step saw and when,
// the result and the error must agree. Time is a queue of waits that end one by one; all that follows from the end
// of one happens before the next. So no outcome hangs on how many ticks an engine takes.

declare const setImmediate: (callback: () => void) => void;

const drained = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Where one chain runs: its clock, and what its steps say. */
class World {
  readonly said: { turn: number; who: string; what: string }[] = [];
  readonly #waits: { rank: number; end: () => void }[] = [];
  readonly #turnEnds: (() => void)[] = [];
  #turn = 0;

  say(who: string, what: string): void {
    this.said.push({ turn: this.#turn, who, what });
  }

  wait(rank: number): Promise<void> {
    return new Promise((end) => this.#waits.push({ rank, end }));
  }

  endOfTurn(): Promise<void> {
    return new Promise((end) => this.#turnEnds.push(end));
  }

  /** Runs until nobody waits any more, the dropped branches included. */
  async play(start: () => Promise<unknown>): Promise<Outcome> {
    let outcome: Outcome | undefined;
    start().then(
      (value) => (outcome = { value }),
      (error: unknown) => (outcome = { error }),
    );
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      await drained();
      for (const end of this.#turnEnds.splice(0)) end();
      // oxlint-disable-next-line no-await-in-loop
      await drained();
      this.#waits.sort((a, b) => a.rank - b.rank);
      const next = this.#waits.shift();
      if (!next) return outcome!;
      this.#turn += 1;
      next.end();
    }
  }
}

interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
}

// ── The programs that steps and cores follow ──────────────────────────────────────────────────────────────────────

interface Acting {
  readonly name: string;
  readonly next: Next<unknown>;
  readonly say: (what: string) => void;
  readonly pause: () => Promise<void>;
}

const settle = (promise: Promise<unknown>) =>
  promise.catch((error: unknown) => `caught ${describeError(error)}`);

const kinds = {
  pass: ({ next }: Acting) => next(),
  transform: async ({ name, next }: Acting) => [name, await next()],
  early: ({ name }: Acting) => name,
  throwBefore({ name }: Acting) {
    throw new Error(name);
  },
  throwAfter: ({ name, next }: Acting) => next().then(() => Promise.reject(new Error(name))),
  recover: ({ next }: Acting) => settle(next()),
  async twice({ next, pause }: Acting) {
    const first = await next();
    await pause();
    return [first, await next()];
  },
  twiceAtOnce: ({ next }: Acting) => Promise.all([settle(next()), settle(next())]),
  async retry({ next, pause }: Acting) {
    for (let attempt = 1; attempt < 3; attempt += 1)
      try {
        return await next();
      } catch {
        await pause();
      }
    return next();
  },
  late({ name, next, say, pause }: Acting) {
    void settle(pause().then(next)).then((result) => say(`late: ${String(result)}`));
    return name;
  },
  forget({ name, next }: Acting) {
    void settle(next());
    return name;
  },
  async forgetAndWait({ name, next, pause }: Acting) {
    void settle(next());
    await pause();
    return name;
  },
};
type Kind = keyof typeof kinds;
const CARELESS: ReadonlySet<Kind> = new Set<Kind>(["late", "forget", "forgetAndWait"]);
const REPEATING: ReadonlySet<Kind> = new Set<Kind>(["twice", "retry"]);

interface StepProgram {
  readonly kind: Kind;
  readonly repeatable: boolean;
  readonly waitsFirst: boolean;
  readonly rank: number;
}
interface Program {
  readonly steps: readonly StepProgram[];
  readonly core: {
    readonly failures: number;
    readonly waits: boolean;
    readonly async: boolean;
    readonly rank: number;
  };
}

function toStep(
  { kind, repeatable, waitsFirst, rank }: StepProgram,
  index: number,
): StepDefinition<World, unknown> {
  const name = `s${index + 1}`;
  return {
    name,
    repeatable,
    run(world, next) {
      const acting: Acting = {
        name,
        next,
        say: (what) => world.say(name, what),
        pause: () => world.wait(rank * 100 + index),
      };
      acting.say("in");
      const result = waitsFirst ? acting.pause().then(() => kinds[kind](acting)) : kinds[kind](acting);
      if (result instanceof Promise) void settle(result).then(() => acting.say("out"));
      return result;
    },
  };
}

function toCore({ failures, waits, async, rank }: Program["core"]): Core<World, unknown> {
  let runs = 0;
  return (world) => {
    runs += 1;
    const run = runs;
    const answer = () => {
      world.say("core", `answers ${run}`);
      if (run <= failures) throw new Error(`core ${run}`);
      return `core ${run}`;
    };
    world.say("core", `starts ${run}`);
    if (waits) return world.wait(rank * 100 + 99).then(answer);
    return async ? Promise.resolve().then(answer) : answer();
  };
}

// ── The reference ─────────────────────────────────────────────────────────────────────────────────────────────────

interface Misuse {
  readonly code: string;
  readonly involved: readonly string[];
}

const misuse = (code: string, ...involved: string[]) =>
  Object.assign(new TypeError(code), { code, involved });

function referenceCompose(steps: readonly StepDefinition<World, unknown>[]) {
  return async (world: World, core: Core<World, unknown>): Promise<unknown> => {
    let chainSettled = false;
    let coresRunning = 0;
    const careless = new Set<string>();

    const runFrom = async (position: number): Promise<unknown> => {
      const step = steps[position];
      if (!step) {
        coresRunning += 1;
        try {
          return await core(world, async () => undefined);
        } finally {
          coresRunning -= 1;
        }
      }
      let calls = 0;
      let underWay = 0;
      let settled = false;
      const next = async () => {
        if (underWay > 0 || (calls > 0 && !step.repeatable))
          throw misuse("NEXT_CALLED_MULTIPLE_TIMES", step.name);
        if (chainSettled) throw misuse("NEXT_CALLED_LATE", step.name);
        if (settled) careless.add(step.name);
        calls += 1;
        underWay += 1;
        try {
          return await runFrom(position + 1);
        } finally {
          underWay -= 1;
        }
      };
      try {
        return await step.run(world, next);
      } finally {
        settled = true;
        if (underWay > 0) careless.add(step.name);
      }
    };

    try {
      const value = await runFrom(0);
      chainSettled = true;
      await world.endOfTurn();
      if (coresRunning > 0) throw misuse("NEXT_NOT_AWAITED", ...careless);
      return value;
    } finally {
      chainSettled = true;
    }
  };
}

// ── The comparison ────────────────────────────────────────────────────────────────────────────────────────────────

function describeError(error: unknown): string {
  const { code, involved, message } = error as Misuse & Error;
  return code ? `${code} ${involved.join()}` : message;
}

async function observe({ steps, core }: Program, make: typeof referenceCompose) {
  const world = new World();
  const outcome = await world.play(() => make(steps.map(toStep))(world, toCore(core)));
  const isCareless = steps.some(({ kind }) => CARELESS.has(kind));
  // Within a turn, branches that nobody waits for run side by side, and only each step's own order is given.
  const said = isCareless
    ? world.said.toSorted((a, b) => a.turn - b.turn || a.who.localeCompare(b.who))
    : world.said;
  return { outcome, said };
}

// Most steps lead on, or few chains would reach their core.
const kind = oneof(
  { weight: 3, arbitrary: constantFrom<Kind>("pass", "transform", "recover") },
  { weight: 1, arbitrary: constantFrom(...(Object.keys(kinds) as Kind[])) },
);
const rank = nat(99);
const stepProgram = record<StepProgram>({ kind, repeatable: boolean(), waitsFirst: boolean(), rank });

/** Random chains. Three steps at most repeat what is inside them, or a run would never end. */
const program = record<Program>({
  steps: array(stepProgram, { maxLength: 25, size: "max" }).map((steps) => {
    let repeating = 0;
    return steps.map((step) => {
      if (REPEATING.has(step.kind) && step.repeatable) repeating += 1;
      return repeating > 3 ? { ...step, repeatable: false } : step;
    });
  }),
  core: record({ failures: nat(3), waits: boolean(), async: boolean(), rank }),
});

/** A misuse is compared by code and culprit. Of several careless steps, any one that the reference knows may be named. */
function toVerdict({ value, error }: Outcome, reference: Outcome): unknown {
  const { code, involved = [] } = (error ?? {}) as Partial<Misuse>;
  if (!code) return { value, error };
  const culprits = (reference.error as Partial<Misuse> | undefined)?.involved ?? [];
  return { code, involved: culprits.includes(involved[0]!) ? culprits : involved };
}

it("a chain does what the reference does, whatever its steps do", async () => {
  await assert(
    asyncProperty(program, async (random) => {
      const { said, outcome } = await observe(random, referenceCompose);
      const actual = await observe(random, compose);
      expect(actual.said).toEqual(said);
      expect(toVerdict(actual.outcome, outcome)).toEqual(toVerdict(outcome, outcome));
    }),
    { numRuns: 5_000 },
  );
});
