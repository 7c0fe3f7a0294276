import { array, assert, asyncProperty, constantFrom, record, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { devtools, type DevtoolsEvent } from "./index.ts";
import { ACTIONS, play, PLUGIN_NAMES, type Start } from "./test-support/play.ts";

const moves = array(
  record({
    action: constantFrom(...ACTIONS),
    path: constantFrom("a" as const, "b" as const),
    delayMs: constantFrom(0, 0, 1, 5, 20),
    status: constantFrom(200, 200, 200, 503, 404),
  }),
  { maxLength: 12 },
);
const plugins = uniqueArray(constantFrom(...PLUGIN_NAMES), { maxLength: 6 });

const alone: Start = (bare, added) => bare.use(added);

/** Where events do not add up: every request and every step that begins ends, once. */
function findFaults(events: readonly DevtoolsEvent[]): string[] {
  const open = new Set<string>();
  const faults = events.flatMap((event, index) => {
    const begins = event.type.endsWith("-start");
    const id =
      "stepId" in event
        ? `step ${event.stepId}`
        : "requestId" in event
          ? `request ${event.requestId}`
          : undefined;
    const inOrder = event.sequence === index + 1;
    const inPlace = id === undefined || open.has(id) !== begins;
    if (id !== undefined && begins) open.add(id);
    else if (id !== undefined) open.delete(id);
    return inOrder && inPlace ? [] : [`${event.type} ${id} ${event.sequence}`];
  });
  return [...faults, ...open];
}

describe("B-12: whatever requests go through, adding the devtools changes nothing", () => {
  async function expectNoChange(start: Start, onPlayed = () => {}): Promise<void> {
    await assert(
      asyncProperty(plugins, moves, async (names, played) => {
        expect(await play(names, played, start)).toEqual(await play(names, played, alone));
        onPlayed();
      }),
      { numRuns: 100 },
    );
  }

  it("while nobody listens", () => expectNoChange((bare, added) => bare.use([devtools()]).use(added)));

  it("while somebody listens, who is told of a whole", () => {
    let events: DevtoolsEvent[] = [];
    return expectNoChange(
      (bare, added) => {
        events = [];
        const client = bare.use([devtools({ showBodies: true, showHeaders: true })]).use(added);
        client.onDevtoolsEvent((event) => events.push(event));
        return client;
      },
      () => expect(findFaults(events)).toEqual([]),
    );
  });

  it("while a listener throws", () =>
    expectNoChange((bare, added) => {
      const client = bare.use([devtools()]).use(added);
      client.onDevtoolsEvent(() => {
        throw new Error("no");
      });
      return client;
    }));
});
