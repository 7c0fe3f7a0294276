/** As much of the platform's `LockManager` as it takes to let one tab at a time refresh. */
export interface Locks {
  request<Result>(
    name: string,
    options: { signal: AbortSignal },
    callback: () => Promise<Result>,
  ): Promise<Result>;
}

/**
 * The locks that the tabs of a browser share. A server has some, too, but there they would let the users of one process
 * wait for each other.
 */
export function browserLocks(): Locks | undefined {
  // Older browsers have none, and pages that are no secure context neither.
  return typeof window === "undefined" ? undefined : (navigator.locks as Locks | undefined);
}
