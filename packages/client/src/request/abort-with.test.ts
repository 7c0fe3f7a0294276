import { describe, expect, it } from "vitest";
import { createQueue } from "../queue/create-queue.ts";
import type { SubscriptionAdapter } from "../subscribe/adapter.ts";
import { createSubscription } from "../subscribe/create-subscription.ts";
import { createTestBench } from "../testing/index.ts";

/** A signal that lives on, and how many listeners it has had and has. */
function longLived() {
  const { signal } = new AbortController();
  const listeners = new Set<unknown>();
  let added = 0;
  const { addEventListener, removeEventListener } = signal;
  Object.assign(signal, {
    addEventListener(...given: Parameters<typeof addEventListener>) {
      added += 1;
      listeners.add(given[1]);
      addEventListener.apply(signal, given);
    },
    removeEventListener(...given: Parameters<typeof removeEventListener>) {
      listeners.delete(given[1]);
      removeEventListener.apply(signal, given);
    },
  });
  return { signal, added: () => added, left: () => listeners.size };
}

describe("a signal that lives on", () => {
  it("has nothing left of a task that has ended", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST files", { data: 1 });
    const queue = createQueue(client, "files");
    const { signal, added, left } = longLived();
    await queue.add({ signal }).done;
    expect([added() > 0, left()]).toEqual([true, 0]);
  });

  it("has nothing left of a connection that has ended", async () => {
    const { client } = createTestBench();
    let aborted: AbortSignal | undefined;
    const adapter: SubscriptionAdapter = {
      name: "test",
      async connect(_request, _handlers, signal) {
        aborted = signal;
        return { status: 200 };
      },
    };
    const { signal, added, left } = longLived();
    const subscription = createSubscription(client, "prices", { adapter, signal });
    const opened = new Promise<void>((resolve) => {
      subscription.subscribe(() => subscription.getSnapshot().status === "open" && resolve());
    });
    subscription.mount();
    await opened;
    expect(left()).toBeGreaterThan(0);
    subscription.unmount();
    expect([added() > 0, left(), aborted?.aborted]).toEqual([true, 0, true]);
  });
});
