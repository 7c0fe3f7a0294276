import type { Limiter, LimitState } from "./types.ts";

/** What came of taking a point. */
export type Outcome =
  | { readonly kind: "taken" | "refused"; readonly state: LimitState }
  | { readonly kind: "failed"; readonly error: unknown };

/** Takes a point, and never rejects. Without a time limit it waits as long as it takes. */
export async function takePoint(limiter: Limiter, key: string, timeoutMs?: number): Promise<Outcome> {
  try {
    const consuming = limiter.consume(key);
    const state = await (timeoutMs === undefined ? consuming : withinTime(consuming, timeoutMs));
    return { kind: "taken", state };
  } catch (thrown) {
    return isLimitState(thrown) ? { kind: "refused", state: thrown } : { kind: "failed", error: thrown };
  }
}

/** A client of a store that has lost its server may queue for ever. */
async function withinTime<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the store did not answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function isLimitState(thrown: unknown): thrown is LimitState {
  if (typeof thrown !== "object" || thrown === null || thrown instanceof Error) return false;
  return "msBeforeNext" in thrown && Number.isFinite(thrown.msBeforeNext);
}
