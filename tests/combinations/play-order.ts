import type { Observer } from "@x/client";
import { flushMicrotasks } from "@x/client/testing";
import { createGate } from "./gate.ts";
import { checkNothingLeft, checkNow, checkRecovers, checkSettledAll } from "./invariants.ts";
import { showPending, type PluginName } from "./plugins.ts";
import { createWorld, type Sending } from "./world.ts";

/** What may happen to a read, a write, or around them. */
export type Step =
  | "a read is made"
  | "the read is answered"
  | "the read fails"
  | "the read is aborted"
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
  const arrivals = { GET: createGate(), POST: createGate() };
  let read: Sending | undefined;
  server.decide(({ method, url }) =>
    // What plugins send by themselves goes through.
    url.startsWith("posts") && (method === "GET" || method === "POST") ? arrivals[method].fate() : {},
  );

  const steps: Record<Step, () => unknown> = {
    "a read is made": () => (read = world.send("read", "posts")),
    "the read is answered": () => arrivals.GET.open({}),
    "the read fails": () => arrivals.GET.open({ before: 503 }),
    "the read is aborted": () => read?.controller.abort(),
    "a write is made": () => world.send("write", "posts", { optimistic: showPending("w1") }),
    "the write is done": () => arrivals.POST.open({}),
    "the write is refused": () => arrivals.POST.open({ before: 503 }),
    "the answer of the write is lost": () => arrivals.POST.open({ lost: true }),
    "an observer is mounted": () => {
      const observer = client.observe("posts");
      observers.push(observer);
      observer.mount();
    },
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
    }
    // What was sent again, or by somebody else, is no longer held up.
    for (const gate of Object.values(arrivals)) gate.open({});
    await clock.advance(500);
    await flushMicrotasks();
    checkSettledAll(world);
    await checkRecovers(world, observers);
    await checkNothingLeft(world, observers);
  } catch (cause) {
    throw new Error(`${names.join(", ")}: ${order.join(", ")}: ${(cause as Error).message}`, { cause });
  }
}
