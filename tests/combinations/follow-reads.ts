import { assert } from "vitest";
import type { Posts } from "./server.ts";
import type { World } from "./world.ts";

type Reader = "read" | "other";

/** Tells two reads of one key apart, and which of them is to win: the one that was made later. */
export interface Reads {
  /** Headers by which the server's answer says whose it is. */
  headersOf(reader: Reader): Readonly<Record<string, string>>;
  /** Whose request has arrived at the server. Other requests are nobody's. */
  arrived(headers: Readonly<Record<string, string>>): Reader | undefined;
  /** What holds after a step. */
  check(step: string): void;
}

export function followReads({ client }: World): Reads {
  const made: Reader[] = [];
  let sent = 0;
  let kept = 0;
  /** Whether the later read was under way when the kept answer came. */
  let early = false;

  return {
    headersOf(reader) {
      made.push(reader);
      return { "x-made": `${made.length}` };
    },
    arrived(headers) {
      const nth = Number(headers["x-made"] ?? 0);
      sent = Math.max(sent, nth);
      return made[nth - 1];
    },
    check(step) {
      const entry = client.stateManager.getCache(client.queryKeyOf("posts"));
      const { made: latest } = (entry?.produced ?? {}) as Partial<Posts>;
      if (!entry || latest === undefined) {
        kept = 0;
        return;
      }
      assert(latest >= kept, "an earlier read has taken the place of a later one");
      if (latest > kept) early = sent > latest && !step.endsWith("is made");
      kept = latest;
      assert(entry.stale || !early, "an earlier read passes for fresh while a later one is under way");
    },
  };
}
