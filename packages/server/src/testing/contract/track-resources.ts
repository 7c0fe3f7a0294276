import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { turns } from "./turns.ts";

/** What keeps running until somebody ends it. What ends by itself, such as the read of a file, is not listed. */
const LASTING: Readonly<Record<string, string>> = {
  Timeout: "a timer",
  TCPSERVERWRAP: "a server",
  PIPESERVERWRAP: "a server",
  TCPWRAP: "a connection",
  PIPEWRAP: "a connection",
  UDPWRAP: "a socket",
  PROCESSWRAP: "a process",
  FSEVENTWRAP: "a watched file",
  STATWATCHER: "a watched file",
  MESSAGEPORT: "a message port",
  WORKER: "a worker",
};

const STACK_DEPTH = 50;
const PLACE = /\(?([^\s()]+:\d+:\d+)\)?$/;
const OF_FETCH = "node:internal/deps/undici/";
const OF_TIMERS = /^node:(?:internal\/)?(?:timers|async_hooks)/;

/** What is left running, such as `a timer (src/poll.ts:12:5)`. */
export interface Tracked<Result> {
  readonly result: Result;
  readonly left: readonly string[];
}

/**
 * Tells what was begun while `run` ran, by it or by what it called, and is still going on. `getActiveResourcesInfo`
 * would count the whole process, the test runner with it, and leave out timers that are `unref`ed, which run on all the
 * same. What Node itself keeps, such as the connections of `fetch`, is not counted.
 */
export async function trackResources<Result>(run: () => Promise<Result>): Promise<Tracked<Result>> {
  const mine = new AsyncLocalStorage<boolean>();
  const running = new Map<number, string>();
  const before = listenerCounts();
  const init = (id: number, type: string): void => {
    const what = LASTING[type];
    if (!what || !mine.getStore()) return;
    const place = findPlace(type, init);
    if (place) running.set(id, `${what} (${place})`);
    // It listens once its address is looked up, when nobody knows any more who wanted it; Node has none for itself.
    else if (type.includes("SERVER")) running.set(id, what);
  };
  const hook = createHook({ init, destroy: (id) => void running.delete(id) }).enable();
  try {
    const result = await mine.run(true, run);
    // That something has ended is told in a later turn.
    await turns();
    return { result, left: [...new Set(running.values()), ...addedListeners(before)] };
  } finally {
    hook.disable();
  }
}

/** The line that began it, outside of Node; nothing where Node did so for itself. */
function findPlace(type: string, init: (id: number, type: string) => void): string | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = STACK_DEPTH;
  const begun = { stack: "" };
  Error.captureStackTrace(begun, init);
  Error.stackTraceLimit = stackTraceLimit;
  const places = begun.stack
    .split("\n")
    // Who awaits has not begun it.
    .filter((line) => !line.includes("at async "))
    .flatMap((line) => PLACE.exec(line)?.[1] ?? []);
  if (places.some((place) => place.startsWith(OF_FETCH))) return undefined;
  const outside = (place: string) => !place.startsWith("node:");
  if (type !== "Timeout") return toShown(places.find(outside));
  // A timer is whose call of `setTimeout` it was. Node's own network code has timers for itself.
  const caller = places.find((place) => !OF_TIMERS.test(place));
  return caller && outside(caller) ? toShown(caller) : undefined;
}

function toShown(place: string | undefined): string | undefined {
  return place?.replace(/^file:\/\//, "").replace(`${process.cwd()}/`, "");
}

function listenerCounts(): ReadonlyMap<string | symbol, number> {
  return new Map(process.eventNames().map((name) => [name, process.listenerCount(name)]));
}

function addedListeners(before: ReadonlyMap<string | symbol, number>): string[] {
  return [...listenerCounts()]
    .filter(([name, count]) => count > (before.get(name) ?? 0))
    .map(([name]) => `a listener (process.on "${String(name)}")`);
}
