/** One chain, or a set of like chains, on which every candidate is measured. */
export interface ComposeCase {
  readonly id: string;
  readonly title: string;
  /** How many steps a chain has. */
  readonly length: number;
  /** `async` steps await `next()`; `plain` ones return what it gave. */
  readonly kind: "async" | "plain";
  /** How many chains take turns. With one, the JIT sees nothing else; a program with many plugin lists has more. */
  readonly chains: number;
  /** Whether the first step answers without calling `next()`. */
  readonly early: boolean;
  /** Whether an observer is told of each step. */
  readonly observed: boolean;
}

const KINDS = ["async", "plain"] as const;
const IN_TURN = 20;

/** Every case, in the order in which the tables show them. */
export const composeCases: readonly ComposeCase[] = [
  defineCase({ length: 0, kind: "plain" }),
  ...KINDS.flatMap((kind) => [1, 5, 10, 50].map((length) => defineCase({ length, kind }))),
  // Not 50 as well: the thousand functions of each candidate would take seconds to be compiled in every process.
  ...KINDS.flatMap((kind) => [1, 5, 10].map((length) => defineCase({ length, kind, chains: IN_TURN }))),
  ...KINDS.map((kind) => defineCase({ length: 10, kind, early: true })),
  ...KINDS.map((kind) => defineCase({ length: 10, kind, observed: true })),
];

/** The case with an id. */
export function findCase(id: string): ComposeCase {
  const found = composeCases.find((composeCase) => composeCase.id === id);
  if (!found) throw new Error(`there is no case "${id}"`);
  return found;
}

function defineCase(given: Pick<ComposeCase, "length" | "kind"> & Partial<ComposeCase>): ComposeCase {
  const composeCase = { chains: 1, early: false, observed: false, ...given };
  const { length, kind, chains, early, observed } = composeCase;
  const id = [
    early ? "early" : "steps",
    kind,
    length,
    ...(chains > 1 ? ["turn"] : []),
    ...(observed ? ["observed"] : []),
  ].join("-");
  return { ...composeCase, id, title: titleOf(composeCase) };
}

function titleOf({ length, kind, chains, early, observed }: Omit<ComposeCase, "id" | "title">): string {
  if (length === 0) return "no step";
  if (early) return `early return at the first of ${length}, ${kind} step`;
  const steps = `${length} ${kind} step${length === 1 ? "" : "s"}`;
  if (observed) return `${steps}, observed`;
  return chains > 1 ? `${steps}, ${chains} chains in turn` : steps;
}
