/** How often the first plugin of a server has timed a request, and how long those took. */
export const timing = { requests: 0, ms: 0 };

/** Ends what the first plugin of a server began. */
export function stopTiming(startedAt: number): void {
  timing.requests += 1;
  timing.ms += performance.now() - startedAt;
}
