import { broken } from "../broken.ts";
import { PATIENCE_MS, type ContractBench, type Subject } from "../contract-bench.ts";
import { exercise } from "../exercise.ts";
import type { PluginPromise } from "../plugin-promise.ts";
import { trackResources, type Resources } from "../track-resources.ts";

const MEND =
  "give back what setup takes by the function that it returns, and what a request or an observer takes by " +
  "context.onCleanup";

/** What it takes, it gives back. */
export const DISPOSAL_CHECK: PluginPromise = {
  id: "disposal",
  name: "leaves no timer, listener or subscription behind",
  run: (bench) =>
    trackResources(async (platform) => {
      const subject = bench.createSubject();
      const held = countHeld(subject, platform);
      const rounds: Held[] = [];
      for (let round = 0; round < 3; round += 1) {
        await exercise(bench, subject);
        await subject.clock.advance(PATIENCE_MS);
        rounds.push(held());
      }
      checkGrowth(rounds);
      subject.client.dispose();
      await subject.clock.advance(0);
      checkLeft(held());
      await checkWhileUnderWay(bench, platform);
    }),
};

interface Held extends Resources {
  readonly scheduled: number;
  readonly subscriptions: number;
}

function checkGrowth(rounds: readonly Held[]): void {
  const [, before, after] = rounds;
  for (const kind of KINDS)
    if (after![kind] > before![kind]) broken(`each use leaves ${NAMES[kind]} behind`, MEND);
}

function checkLeft(left: Held): void {
  for (const kind of KINDS)
    // The client ends what listens to itself; its plugins end the rest.
    if (kind !== "subscriptions" && left[kind] > 0)
      broken(`${left[kind]} × ${NAMES[kind]} is left after dispose()`, MEND);
}

/** A client may be disposed while a request waits, and while an observer is mounted. */
async function checkWhileUnderWay(bench: ContractBench, platform: () => Resources): Promise<void> {
  const subject = bench.createSubject();
  const { client, clock, server } = subject;
  const held = countHeld(subject, platform);
  server.answerBy((_request, count) => (count === 1 ? { status: 503 } : "later"));
  const pending = [subject.send("read"), subject.send("write")];
  client.observe("items/:id", { params: { id: 2 }, ...bench.options.requestOptions }).mount();
  await clock.advance(0);
  client.dispose();
  for (const { answer } of server.later) answer({ status: 200 });
  for (const request of pending)
    await subject.settle("a request that waits when the client is disposed", request);
  const sent = server.requests.length;
  await clock.advance(PATIENCE_MS);
  if (server.requests.length > sent) broken("requests are sent after dispose()", MEND);
  subject.checkReports("when the client was disposed while requests were under way");
  checkLeft(held());
}

const NAMES = {
  scheduled: "a timer of context.clock",
  timers: "a timer of the platform (use context.clock, which tests can move)",
  listeners: "a listener of an event target",
  subscriptions: "a listener of the client's events or state",
};

const KINDS = Object.keys(NAMES) as (keyof Held)[];

/** Counts what a client holds, from now on. */
function countHeld({ client, clock }: Subject, platform: () => Resources): () => Held {
  let subscriptions = 0;
  const counted =
    <Args extends unknown[]>(subscribe: (...args: Args) => () => void) =>
    (...args: Args) => {
      const stop = subscribe(...args);
      let stopped = false;
      subscriptions += 1;
      return () => {
        if (!stopped) subscriptions -= 1;
        stopped = true;
        stop();
      };
    };
  const { stateManager, eventEmitter } = client;
  Object.assign(stateManager, { subscribe: counted(stateManager.subscribe) });
  Object.assign(eventEmitter, { on: counted(eventEmitter.on as (...args: unknown[]) => () => void) });
  return () => ({ ...platform(), scheduled: clock.scheduled, subscriptions });
}
