import type { Observer } from "@x/client";
import { flushMicrotasks } from "@x/client/testing";
import { createGate } from "./gate.ts";
import { followReads } from "./follow-reads.ts";
import { checkFormer, checkNothingLeft, checkNow, checkRecovers, checkSettledAll } from "./invariants.ts";
import { showPending, type PluginName } from "./plugins.ts";
import { createWorld, type Sending } from "./world.ts";

/** What may happen to a read, a write, or around them. */
export type Step =
  | "a read is made"
  | "the read is answered"
  | "the read fails"
  | "the read is aborted"
  | "another read is made"
  | "the other read is answered"
  | "a write is made"
  | "the write is done"
  | "the write is refused"
  | "the answer of the write is lost"
  | "an observer is mounted"
  | "everything is invalidated"
  | "everything is cleared"
  | "somebody else signs in";

/** How long what waits may take to be sent. */
const MOMENT_MS = 10;

/**
 * Plays the steps in this order. What is sent waits at the server until its step comes.
 *
 * @throws An error that names the plugins and the order.
 */
export async function playOrder(names: readonly PluginName[], order: readonly Step[]): Promise<void> {
  const world = createWorld(names);
  const { client, server, clock } = world;
  const observers: Observer[] = [];
  const gates = { read: createGate(), other: createGate(), write: createGate() };
  const reads = followReads(world);
  let read: Sending | undefined;
  server.decide(({ method, url, headers }) => {
    // What plugins send by themselves goes through.
    if (!url.startsWith("posts")) return {};
    return gates[method === "POST" ? "write" : (reads.arrived(headers) ?? "read")].fate();
  });
  const headers = order.includes("another read is made") ? reads.headersOf : () => undefined;

  const steps: Record<Step, () => unknown> = {
    "a read is made": () => (read = world.send("read", "posts", { headers: headers("read") })),
    "another read is made": () =>
      world.send("read", "posts", { headers: headers("other"), forceRefetch: true }),
    "the other read is answered": () => gates.other.open({}),
    "the read is answered": () => gates.read.open({}),
    "the read fails": () => gates.read.open({ before: 503 }),
    "the read is aborted": () => read?.controller.abort(),
    "a write is made": () => world.send("write", "posts", { optimistic: showPending("w1") }),
    "the write is done": () => gates.write.open({}),
    "the write is refused": () => gates.write.open({ before: 503 }),
    "the answer of the write is lost": () => gates.write.open({ lost: true }),
    "an observer is mounted": () => observers.push(world.observe()),
    "everything is invalidated": () => client.stateManager.markStale("*"),
    "everything is cleared": () => client.stateManager.clear(),
    "somebody else signs in": () => {
      world.signIn("grace");
      client.checkIdentity();
    },
  };
  try {
    for (const step of order) {
      steps[step]();
      await clock.advance(MOMENT_MS);
      checkNow(world, observers);
      reads.check(step);
      if (step === "somebody else signs in") checkFormer(world);
    }
    // What was sent again, or by somebody else, is no longer held up.
    for (const gate of Object.values(gates)) gate.open({});
    await clock.advance(500);
    await flushMicrotasks();
    checkSettledAll(world);
    await checkRecovers(world, observers);
    await checkNothingLeft(world, observers);
  } catch (cause) {
    throw new Error(`${names.join(", ")}: ${order.join(", ")}: ${(cause as Error).message}`, { cause });
  }
}
