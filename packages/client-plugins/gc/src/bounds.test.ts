import { array, assert, asyncProperty, constantFrom, integer, record } from "fast-check";
import { expect, it } from "vitest";
import { collecting } from "./test-support.ts";

const MAX_ENTRIES = 3;
const GC_TIME = 100;

const step = record({
  what: constantFrom("read", "refetch", "mount", "unmount", "write", "forget", "wait", "clear"),
  id: integer({ min: 1, max: 9 }),
});

it("B-42: whatever happens, what is observed stays, and the rest is bounded in number and age", async () => {
  await assert(
    asyncProperty(array(step, { maxLength: 30 }), async (steps) => {
      const { read, observe, client, clock, known } = collecting({
        gcTime: GC_TIME,
        maxEntries: MAX_ENTRIES,
      });
      const observers = new Map<number, ReturnType<typeof observe>>();
      for (const { what, id: at } of steps) {
        if (what === "read") await read(at);
        if (what === "refetch") await read(at, { forceRefetch: true });
        if (what === "mount" && !observers.has(at)) {
          observers.set(at, observe(at));
          observers.get(at)?.mount();
        }
        if (what === "unmount") {
          observers.get(at)?.unmount();
          observers.delete(at);
        }
        if (what === "write") client.stateManager.setCache(`GET items/${at}`, { state: { data: at } });
        if (what === "forget" && !observers.has(at)) client.stateManager.deleteCache(`GET items/${at}`);
        if (what === "wait") await clock.advance(at * 20);
        if (what === "clear" && observers.size === 0) client.stateManager.clear();
        await clock.advance(0);
        for (const shown of observers.keys()) expect(known()).toContain(shown);
        // Between requests there may be more, put there by others.
        const bound = what === "read" ? Math.max(MAX_ENTRIES, observers.size) : Infinity;
        expect(known().length).toBeLessThanOrEqual(bound);
      }
      await clock.advance(GC_TIME);
      await read(1);
      await clock.advance(GC_TIME);
      await read(1);
      for (const kept of known()) expect([1, ...observers.keys()]).toContain(kept);
      for (const observer of observers.values()) observer.unmount();
      expect(clock.scheduled).toBe(0);
    }),
    { numRuns: 300 },
  );
});
