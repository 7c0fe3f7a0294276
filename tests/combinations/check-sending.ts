import { assert } from "vitest";
import type { Posts } from "./server.ts";
import type { Sending, World } from "./world.ts";

/** What holds for a request that has settled. */
export function checkSending(world: World, sending: Sending): void {
  const { kind, controller, session, response } = sending;
  const isLeft = controller.signal.aborted || session !== world.session;
  const { aborted, error } = response!;
  const isAborted = aborted || (error?.cause as Error | undefined)?.name === "AbortError";
  assert(!isAborted || isLeft, `a ${kind} is aborted because somebody else's was`);
  if (kind === "write") checkWrite(world, sending);
  if (kind === "read" && !response!.error) checkRead(world, sending);
}

function checkWrite({ server }: World, { id, response }: Sending): void {
  const times = server.done.get(id!) ?? 0;
  assert(times <= 1, `a write was done ${times} times`);
  assert(response!.error || times === 1, "a write has succeeded that the server has not done");
}

function checkRead({ names }: World, { response, madeAfter, sentBefore, forced }: Sending): void {
  // Nothing else is read here.
  const { nth, transformed } = response!.data as Posts;
  const changes = names.includes("transform") ? 1 : 0;
  assert(transformed === changes, `a read gets data that was transformed ${transformed} times`);
  if (nth === undefined) return;
  // A throttle gives what there is, whatever its age.
  const isOutdated = nth <= madeAfter && !names.includes("throttle");
  assert(!isOutdated, "a read is answered with what was sent before the last invalidation");
  // Equal reads that are under way together share one fetch, forced or not.
  const isKnown = nth <= sentBefore && !names.includes("deduplication");
  assert(!forced || !isKnown, "a forced read is answered with what was there before");
}

/** What holds for all requests together, once each has settled. */
export function checkClicks({ names, sendings, server }: World): void {
  const clicks = sendings.filter(({ kind }) => kind === "click");
  assert(server.clicks <= clicks.length, `${clicks.length} equal writes were done ${server.clicks} times`);
  const succeeded = clicks.filter(({ response }) => !response?.error).length;
  // With a key, one whose answer was lost and the same again are one.
  const isLost = server.clicks < succeeded && !names.includes("idempotency");
  assert(!isLost, `${succeeded} equal writes have succeeded, and ${server.clicks} were done`);
}
