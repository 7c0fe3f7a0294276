import type ts from "typescript";

/** What is known of a condition on a path. */
export interface Assumption {
  readonly holds: boolean;
  /** Set where an assignment made it so. What a test found holds until the loop around it comes round again. */
  readonly assigned: boolean;
}

/** One way through a hook, as far as it has come. */
export interface PathState {
  /** The calls of `next()` so far, the latest two. */
  readonly calls: readonly ts.Node[];
  /** The hook has answered for itself, such as by `data.response`. */
  readonly answered: boolean;
  /** `data` was handed to code that may have answered. */
  readonly mayHaveAnswered: boolean;
  /** The path rests on a guess, such as that a call in a `try` throws. */
  readonly guessed: boolean;
  /** What conditions were found to be, by their text. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
  /** The `return` that the path ends with. */
  readonly exit?: ts.Node | undefined;
}

/** Ways through a hook. */
export type Paths = readonly PathState[];

/** More ways than this are not told apart by their conditions any more. */
const MAX_PATHS = 96;

export const START: PathState = {
  calls: [],
  answered: false,
  mayHaveAnswered: false,
  guessed: false,
  assumptions: new Map(),
};

/** A way that differs in something from another. Ways are never changed: others may begin with them. */
function change(path: PathState, changes: Partial<PathState>): PathState {
  return { ...path, ...changes };
}

/** All of these ways, each once. */
export function join(...lists: readonly Paths[]): Paths {
  const all = unique(lists.flat(), true);
  if (all.length <= MAX_PATHS) return all;
  // Without its conditions a way may be one that no run takes.
  return unique(
    all.map((path) => change(path, { assumptions: new Map(), guessed: true })),
    false,
  );
}

export function withCall(paths: Paths, call: ts.Node): Paths {
  return join(paths.map((path) => change(path, { calls: [...path.calls, call].slice(-2) })));
}

export function withAnswer(paths: Paths): Paths {
  return join(paths.map((path) => change(path, { answered: true })));
}

export function withPossibleAnswer(paths: Paths): Paths {
  return join(paths.map((path) => change(path, { mayHaveAnswered: true })));
}

export function asGuesses(paths: Paths): Paths {
  return join(paths.map((path) => change(path, { guessed: true })));
}

export function withExit(paths: Paths, exit: ts.Node | undefined): Paths {
  return join(paths.map((path) => change(path, { exit })));
}

/** The ways on which the condition can be so, and from now on is. */
export function assume(paths: Paths, condition: string, holds: boolean, assigned = false): Paths {
  return join(
    paths
      .filter(({ assumptions }) => assigned || (assumptions.get(condition)?.holds ?? holds) === holds)
      .map((path) => {
        const known = path.assumptions.get(condition);
        if (known && !assigned) return path;
        return change(path, { assumptions: new Map(path.assumptions).set(condition, { holds, assigned }) });
      }),
  );
}

/** Forgets every condition that speaks of a name, which has a new value. */
export function forget(paths: Paths, name: string): Paths {
  const mention = new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`);
  return keepAssumptions(paths, (condition) => !mention.test(condition));
}

/** Forgets what tests have found: in a loop's next turn they may find something else. */
export function forgetTests(paths: Paths): Paths {
  return keepAssumptions(paths, (_, { assigned }) => assigned);
}

function keepAssumptions(paths: Paths, keeps: (condition: string, known: Assumption) => boolean): Paths {
  return join(
    paths.map((path) =>
      change(path, {
        assumptions: new Map([...path.assumptions].filter(([condition, known]) => keeps(condition, known))),
      }),
    ),
  );
}

function unique(paths: Paths, byCondition: boolean): Paths {
  return [...new Map(paths.map((path) => [keyOf(path, byCondition), path])).values()];
}

function keyOf(path: PathState, byCondition: boolean): string {
  const conditions = byCondition
    ? [...path.assumptions].map(([condition, { holds, assigned }]) => `${condition}=${holds}${assigned}`)
    : [];
  return [
    ...path.calls.map(({ pos }) => pos),
    "|",
    path.answered,
    path.mayHaveAnswered,
    path.guessed,
    path.exit?.pos,
    ...conditions.toSorted(),
  ].join(" ");
}
