import type { ShopClient } from "../shop-client.ts";
import type { TimelineStep } from "../timeline-step.ts";

/** What a scene has to play with. */
export interface Stage {
  /** A client of its own, which knows nothing yet, and whose steps are drawn. */
  readonly client: ShopClient;
  /** What both ends have done so far. */
  readonly steps: readonly TimelineStep[];
  /** Leaves out of the timeline what was done before. */
  begin(): void;
  /** Draws a bar beside the plugins' own, such as what somebody sees. */
  draw(bar: Pick<TimelineStep, "side" | "name" | "startedAt" | "endedAt"> & { readonly note?: string }): void;
  /** A client of somebody else, whose steps are not drawn. */
  createOther(): ShopClient;
}

/** Something that a timeline shows, and whether it is so. */
export interface Finding {
  readonly says: string;
  readonly holds: boolean;
}

/** One thing that plugins do, to be drawn. */
export interface Scene {
  readonly title: string;
  /** What to look at in the timeline. */
  readonly look: string;
  play(stage: Stage): Promise<readonly Finding[]>;
}

/** How often a plugin, or whatever else has a name, ran on one side. */
export function countRuns({ steps }: Stage, side: TimelineStep["side"], name: string): number {
  return steps.filter((step) => step.side === side && step.name === name).length;
}
