import type { MessageDetails } from "./adapter.ts";
import type { Accumulator } from "./subscribe-types.ts";

/** How messages become data. */
export type Accumulate = "replace" | "append" | "merge" | Accumulator<unknown, unknown>;

/** What became of the messages so far. */
export interface Accumulation {
  readonly data: unknown;
  add(message: unknown, details: MessageDetails, how: Accumulate, maxItems: number): void;
  clear(): void;
}

export function createAccumulation(): Accumulation {
  let data: unknown;
  /** What is appended, which becomes data when somebody looks at it: there may be many messages in between. */
  let appended: unknown[] | undefined;
  let looked = true;

  return {
    get data() {
      if (!looked) data = appended?.slice();
      looked = true;
      return data;
    },

    add(message, details, how, maxItems) {
      if (how === "append") {
        appended ??= [];
        appended.push(message);
        if (appended.length > maxItems) appended.shift();
        looked = false;
      } else if (how === "merge") data = merged(data, message, maxItems);
      else data = typeof how === "function" ? how(data, message, details) : message;
    },

    clear() {
      data = appended = undefined;
      looked = true;
    },
  };
}

/** Properties of the one over those of the other. What has none takes the place of what was there. */
function merged(previous: unknown, message: unknown, maxItems: number): unknown {
  if (!isPlain(message)) return message;
  const all = { ...(isPlain(previous) ? previous : {}), ...message };
  const names = Object.keys(all);
  if (names.length <= maxItems) return all;
  return Object.fromEntries(names.slice(-maxItems).map((name) => [name, all[name]]));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
