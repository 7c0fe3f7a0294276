import { untilAborted, type AnyPlugin, type RequestContext } from "@x/client";
import type { PluginName } from "./plugins.ts";
import { happen, type Run } from "./deeds.ts";
import { checkDisposed, checkNothingLeft, checkNow, checkRecovers, checkSettledAll } from "./invariants.ts";
import { createRandom, type Random } from "./random.ts";
import type { Fate } from "./server.ts";
import { createWorld } from "./world.ts";

const DEEDS = 30;
const DELAYS_MS = [0, 0, 1, 5, 20, 50];

/**
 * Plays one run of a client with these plugins, as the seed has it: what is sent when, what goes wrong on the way, who
 * signs in. What holds at any moment is checked after each deed, and at the end what is to come of it all.
 *
 * @throws An error that names the plugins and the seed, so that the run can be played again.
 */
export async function play(names: readonly PluginName[], seed: number): Promise<void> {
  const random = createRandom(seed);
  const mood = { calm: false };
  const world = createWorld(names, [dawdling(random, mood)]);
  const { server, clock } = world;
  const run: Run = { world, random, observers: [] };
  server.decide(() => fateOf(random));
  try {
    for (let deed = 0; deed < DEEDS; deed += 1) {
      await happen(run);
      checkNow(world, run.observers);
    }
    if (random.chance(0.2)) return await checkDisposed(world);
    await clock.advance(5_000);
    checkNow(world, run.observers);
    checkSettledAll(world);
    mood.calm = true;
    await checkRecovers(world, run.observers);
    await checkNothingLeft(world, run.observers);
  } catch (cause) {
    throw new Error(`${names.join(", ")} with seed ${seed}: ${(cause as Error).message}`, { cause });
  }
}

function fateOf(random: Random): Fate {
  const delayMs = random.pick(DELAYS_MS);
  const chance = random.next();
  return {
    delayMs,
    ...(chance < 0.15 ? { before: 503 } : chance < 0.2 ? { before: "network" } : { lost: chance < 0.25 }),
  };
}

/** A plugin of an application's own that takes its time, somewhere in the chain. */
function dawdling(random: Random, mood: { readonly calm: boolean }): AnyPlugin {
  const ending = new AbortController();
  const pause = async ({ clock, request }: RequestContext) => {
    if (mood.calm || random.chance(0.7)) return;
    let cancel = () => {};
    const waiting = new Promise<void>((done) => (cancel = clock.schedule(done, random.pick([1, 3, 15]))));
    await untilAborted(untilAborted(waiting, request.signal), ending.signal).finally(() => cancel());
  };
  return {
    name: "tests:dawdling",
    priority: random.pick([-200, -50, -9, 5, 50, 200]),
    setup: () => () => ending.abort(),
    async middleware(context, next) {
      await pause(context);
      const response = await next();
      await pause(context);
      return response;
    },
  };
}
