import type { CacheEntry, Observer } from "@x/client";
import { flushMicrotasks } from "@x/client/testing";
import { assert } from "vitest";
import { checkClicks, checkSending } from "./check-sending.ts";
import type { Posts } from "./server.ts";
import type { World } from "./world.ts";

/** Codes of hooks that threw. */
const THROWN = new Set(["AFTER_RESPONSE_THREW", "LIFECYCLE_THREW", "LISTENER_THREW", "CLEANUP_THREW"]);

/** What holds at any moment, whatever plugins there are. */
export function checkNow(world: World, observers: readonly Observer[]): void {
  const { client, sendings, reported, ledger } = world;
  const keys = client.stateManager.findKeys("*");
  for (const key of keys) checkEntry(world, key, client.stateManager.getCache(key)!);
  assert(client.stateManager.size === keys.length, "the state counts entries that nobody finds");
  for (const sending of sendings) if (sending.response) checkSending(world, sending);
  for (const observer of observers) {
    // Nothing else is observed here.
    const data = observer.getSnapshot().data as Posts | undefined;
    if (!data) continue;
    checkShown(world, data, "an observer shows");
    assert(data.owner === world.user, `an observer shows data of ${data.owner} to ${world.user}`);
  }
  checkPending(world, keys);
  checkAborts(world);
  assert(ledger.mistaken.length === 0, `somebody was given data: ${ledger.mistaken.join(", ")}`);
  const thrown = reported.find(({ code }) => THROWN.has(code));
  assert(!thrown, `a hook threw: ${thrown?.message} (${String(thrown?.cause)})`);
}

/** Nothing out of date passes for fresh, and everybody's data is under their own keys. */
function checkEntry(world: World, key: string, { stale, produced, state }: CacheEntry): void {
  // Nothing else is read here.
  const [{ nth }, shown] = [produced as Posts, state.data as Posts];
  checkShown(world, shown, `${key} holds`);
  assert(key.startsWith(`@${shown.owner} `), `${key} holds data of ${shown.owner}`);
  checkAge(world, key, nth, stale);
}

/** By which request the data came. Initial data came by none. */
function checkAge({ ledger, names }: World, key: string, nth: number | undefined, stale: boolean): void {
  if (nth === undefined) {
    // Unless what was known was forgotten since.
    const replaced = ledger.answered.has(key) && !names.includes("gc");
    assert(!replaced, `${key} holds initial data in place of an answer`);
    return;
  }
  ledger.answered.add(key);
  assert(nth > ledger.forgottenUpTo, `${key} holds what was sent before everything was forgotten`);
  const isOutdated = nth <= ledger.outdatedUpTo;
  assert(stale || !isOutdated, `${key} passes for fresh, and was sent before the last invalidation`);
}

/** What is shown was transformed once, and shows no change that was taken back. */
function checkShown(
  { names, sendings, server }: World,
  { transformed, pending = [] }: Posts,
  what: string,
): void {
  const times = names.includes("transform") ? 1 : 0;
  assert(transformed === times, `${what} data that was transformed ${transformed} times`);
  for (const id of pending) {
    const write = sendings.find((sending) => sending.id === id);
    // One that was done may have failed on its way back, in a plugin that had the answer already.
    assert(!write?.response?.error || server.done.has(id), `${what} the change of a write that has failed`);
  }
  assert(new Set(pending).size === pending.length, `${what} a change twice`);
}

/** What is shown before it is confirmed stays, whatever becomes of another write. */
function checkPending(
  { client, ledger, names, sendings, server, session }: World,
  keys: readonly string[],
): void {
  // What nobody uses is forgotten, and fetched again without it.
  if (names.includes("gc")) return;
  ledger.shown.forEach((_ids, key) => keys.includes(key) || ledger.shown.delete(key));
  for (const key of keys) {
    // Looking at an observer may have told the client that somebody else is there.
    const { pending = [] } = (client.stateManager.getCache(key)?.state.data ?? {}) as Partial<Posts>;
    const before = ledger.shown.get(key) ?? [];
    for (const { id, session: madeIn, response } of sendings) {
      // One that has failed may be on its way back, in a plugin that was told already.
      const isOver = response !== undefined || server.ended.has(JSON.stringify({ id }));
      const isOpen = id !== undefined && madeIn === session && !isOver;
      const isGone = isOpen && before.includes(id) && !pending.includes(id);
      assert(!isGone, `${key} shows the change of a write no more that is under way`);
    }
    ledger.shown.set(key, pending);
  }
}

/** What nobody waits for any more is not sent to the end. */
function checkAborts({ names, observed, sendings, server }: World): void {
  const isWaiting = observed || sendings.some(({ response }) => !response);
  // These send on behalf of nobody who could leave.
  if (isWaiting || names.includes("prefetch") || names.includes("auth")) return;
  for (const { signal } of server.underWay) assert(signal?.aborted, "a fetch goes on that nobody waits for");
}

/** What a user has asked for is not sent to the end when another one is there. The client has been told so. */
export function checkFormer({ server, user }: World): void {
  for (const { headers, signal } of server.underWay)
    assert(headers["x-user"] === user || signal?.aborted, "a fetch goes on for a user who is gone");
}

/** What holds once everybody has had the time that they need. */
export function checkSettledAll(world: World): void {
  const { client, sendings, server, user } = world;
  const open = sendings.filter(({ response }) => !response);
  assert(open.length === 0, `${open.length} of ${sendings.length} requests never settle`);
  assert(server.value === server.done.size, "a write was lost, or done twice");
  checkClicks(world);
  client.checkIdentity();
  const foreign = client.stateManager.findKeys("*").filter((key) => !key.startsWith(`@${user} `));
  assert(foreign.length === 0, `${foreign.join(", ")} is still there when ${user} is`);
}

/** What mounted observers come to show when nothing goes wrong any more: what the server has. */
export async function checkRecovers(world: World, observers: readonly Observer[]): Promise<void> {
  const { server, clock } = world;
  server.decide(() => ({}));
  const answers = observers.map((observer) => observer.refetch());
  await clock.advance(1_000);
  for (const answer of answers) {
    const { error } = await answer;
    assert(!error, `a refetch fails while nothing is wrong: ${error?.code} ${error?.message}`);
  }
  for (const observer of observers) {
    const { data, stale, meta, fetching } = observer.getSnapshot();
    assert(!fetching, "an observer waits for a request that is over");
    const { value, pending = [] } = data as Posts;
    assert(value === server.value, `an observer shows ${value} of ${server.value} writes, at last`);
    assert(pending.length === 0 && meta["isOptimistic"] !== true, "an optimistic change is there for good");
    assert(!stale, "what was fetched just now is out of date");
  }
  checkNow(world, observers);
}

/** What is left of a client at its end: nothing. */
export async function checkNothingLeft(world: World, observers: readonly Observer[]): Promise<void> {
  const { client, clock, server } = world;
  for (const observer of observers) observer.unmount();
  assert(world.listening === 0, "a plugin listens to the page when nothing is observed");
  await clock.advance(1_000);
  const { sent } = server;
  await clock.advance(1_000);
  assert(server.sent === sent, "requests are sent when nobody is there to see their answers");
  assert(clock.scheduled === 0, `${clock.scheduled} timers are left when nobody is there`);
  const { cleanups } = world.ledger;
  assert(cleanups === 0, `${cleanups} requests are over, and never told their plugins to clean up`);
  client.dispose();
  await clock.advance(0);
  assert(clock.scheduled === 0, `${clock.scheduled} timers are left after dispose()`);
}

/** What is left of a client that is disposed in the middle of everything: nothing, and nobody waits. */
export async function checkDisposed(world: World): Promise<void> {
  world.client.dispose();
  await flushMicrotasks();
  const { sendings, clock, server } = world;
  const open = sendings.filter(({ response }) => !response);
  assert(open.length === 0, `${open.length} requests wait for a client that is disposed`);
  const timers = clock.scheduled - server.timers;
  assert(timers === 0, `${timers} timers are left right after dispose()`);
  assert(world.listening === 0, "a plugin listens to the page for a client that is disposed");
  for (const { signal } of server.underWay)
    assert(signal?.aborted, "a fetch goes on for a client that is disposed");
}
