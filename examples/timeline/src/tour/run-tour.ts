import { formatTimeline } from "../format-timeline.ts";
import type { Paint } from "../paint.ts";
import { createShopClient } from "../shop-client.ts";
import type { TimelineStep } from "../timeline-step.ts";
import { cachedRead } from "./cached-read.ts";
import { deduplicatedReads } from "./deduplicated-reads.ts";
import { liveOrders } from "./live-orders.ts";
import { retriedRead } from "./retried-read.ts";
import { rolledBackWrite } from "./rolled-back-write.ts";
import type { Finding, Scene, Stage } from "./scene.ts";
import { uploads } from "./uploads.ts";

/** What the tour shows, one after the other. */
export const SCENES: readonly Scene[] = [
  cachedRead,
  deduplicatedReads,
  retriedRead,
  rolledBackWrite,
  uploads,
  liveOrders,
];

/** A scene that was played. */
export interface PlayedScene {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/**
 * Plays a scene with a new client of the shop at `baseUrl`, and draws it.
 *
 * @param steps - Where the shop tells its steps; it is emptied.
 */
export async function playScene(
  { title, look, play }: Scene,
  baseUrl: string,
  steps: TimelineStep[],
  paint: Paint,
): Promise<PlayedScene> {
  steps.length = 0;
  const client = createShopClient(baseUrl, (step) => steps.push(step));
  const others: (() => void)[] = [];
  const stage: Stage = {
    client,
    steps,
    begin() {
      steps.length = 0;
    },
    draw: (bar) => steps.push({ position: steps.length, outcome: "shown", ...bar }),
    createOther() {
      const other = createShopClient(baseUrl, () => {});
      others.push(() => other.dispose());
      return other;
    },
  };
  try {
    const findings = await play(stage);
    const timeline = formatTimeline(ofClient(steps), paint);
    const found = findings.map(({ says, holds }) =>
      holds ? paint("good", `  ✓ ${says}`) : paint("bad", `  ✗ ${says}`),
    );
    return { text: [paint("title", title), `  ${look}`, timeline, ...found].join("\n"), findings };
  } finally {
    client.dispose();
    for (const dispose of others) dispose();
  }
}

/** Without what the server did for others. */
function ofClient(steps: readonly TimelineStep[]): TimelineStep[] {
  const own = new Set(steps.filter(({ side }) => side === "client").map(({ requestId }) => requestId));
  return steps.filter(({ side, requestId }) => side !== "server" || own.has(requestId));
}
