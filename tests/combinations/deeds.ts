import type { Observer } from "@x/client";
import { flushMicrotasks } from "@x/client/testing";
import { assert } from "vitest";
import { showPending, type Options } from "./plugins.ts";
import type { Random } from "./random.ts";
import type { Posts } from "./server.ts";
import type { World } from "./world.ts";

/** What a run holds, beside the world. */
export interface Run {
  readonly world: World;
  readonly random: Random;
  readonly observers: Observer[];
}

type Deed = (run: Run) => unknown;

const read = ({ world, random }: Run, options: Options = {}) =>
  random.chance(0.3)
    ? world.send("read", "posts/:id", { params: { id: random.pick([1, 2]) }, ...options })
    : world.send("read", "posts", { ...queryOf(random), ...options });

const queryOf = (random: Random): Options => random.pick([{}, {}, { query: { tags: ["a", "b"] } }]);

const initialFor = (owner: string): Posts => ({ value: 0, owner, transformed: 0 });

/** What may happen at any moment, by how often it does. */
const DEEDS: readonly (readonly [weight: number, deed: Deed])[] = [
  [6, read],
  [2, (run) => read(run, { forceRefetch: true })],
  [1, (run) => read(run, { initialData: initialFor(run.world.user) })],
  [1, ({ world: { client } }) => void prefetchOf(client)?.("posts")],
  [4, ({ world }) => world.send("write", "posts")],
  [1, ({ world }) => world.send("click", "clicks")],
  [
    3,
    ({ world }) => {
      // The id that its body will have.
      const id = `w${world.sendings.filter(({ kind }) => kind === "write").length + 1}`;
      world.send("write", "posts", { optimistic: showPending(id) });
    },
  ],
  [2, abort],
  [6, ({ world, random }) => world.clock.advance(random.pick([0, 1, 5, 30, 120]))],
  [1, ({ world }) => world.client.stateManager.markStale("*")],
  [0.3, ({ world }) => world.client.stateManager.clear()],
  [3, mount],
  [1, ({ observers, random }) => observers.at(-1)?.update(queryOf(random))],
  [1.5, ({ observers }) => observers.pop()?.unmount()],
  [1, ({ world }) => world.focus()],
  [0.5, ({ world }) => world.names.includes("auth") && world.server.expireTokens()],
  [0.5, signIn],
];

/** Chooses what happens next, and has it happen. */
export async function happen(run: Run): Promise<void> {
  const total = DEEDS.reduce((sum, [weight]) => sum + weight, 0);
  let left = run.random.next() * total;
  const [, deed] = DEEDS.find(([weight]) => (left -= weight) < 0)!;
  await deed(run);
  if (run.random.chance(0.5)) await flushMicrotasks();
}

async function abort({ world, random }: Run): Promise<void> {
  const open = world.sendings.filter(({ response }) => !response);
  if (open.length === 0) return;
  const sending = random.pick(open);
  sending.controller.abort();
  await flushMicrotasks();
  assert(sending.response, `a ${sending.kind} goes on waiting when its caller has aborted it`);
}

function mount({ world, random, observers }: Run): void {
  observers.push(world.observe(queryOf(random)));
}

async function signIn({ world, random }: Run): Promise<void> {
  world.signIn(random.pick(["ada", "grace"]));
  // Not everybody tells.
  if (random.chance(0.7)) world.client.checkIdentity();
}

/** What the prefetch plugin adds, where it is there. */
function prefetchOf(client: object): ((path: string) => unknown) | undefined {
  return (client as { prefetch?: (path: string) => unknown }).prefetch;
}
