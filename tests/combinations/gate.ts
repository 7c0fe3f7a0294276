import type { Fate } from "./server.ts";

/** Holds requests up until it is opened. Those that come later pass as the first ones did not go wrong. */
export interface Gate {
  /** What becomes of the next request. */
  fate(): Fate;
  /** Lets those that wait go on, to this end. */
  open(outcome: Pick<Fate, "before" | "lost">): void;
}

export function createGate(): Gate {
  let outcome: Pick<Fate, "before" | "lost"> | undefined;
  let waiting: (() => void)[] = [];
  return {
    fate() {
      if (outcome) return {};
      let held = true;
      return {
        get before() {
          return outcome?.before;
        },
        get lost() {
          return outcome?.lost;
        },
        delay() {
          // Only the way there is held up.
          if (!held) return Promise.resolve();
          held = false;
          return new Promise((resolve) => waiting.push(resolve));
        },
      };
    },
    open(decided) {
      outcome ??= decided;
      for (const go of waiting.splice(0)) go();
      waiting = [];
    },
  };
}
