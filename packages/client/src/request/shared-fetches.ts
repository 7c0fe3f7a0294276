/** What a fetch was started with, as far as others need to know who would join it. */
interface FetchOrigin {
  readonly generation: number;
  readonly epoch: number;
}

/** A fetch that several requests wait for. */
export interface SharedFetch<Value, Origin> {
  readonly key: string;
  readonly origin: Origin;
  readonly promise: Promise<Value>;
  /** Aborts it. Without one it has been started for who stays to the end, and is never abandoned by all. */
  readonly controller: AbortController | undefined;
  /** How many wait for it. */
  waiting: number;
  landed: boolean;
}

/** The fetches under way, by what makes them equal. */
export interface SharedFetches<Value, Origin> {
  /** The fetch with this key, unless it was started before an invalidation that the caller knows of. */
  find(key: string | undefined, generation: number, epoch: number): SharedFetch<Value, Origin> | undefined;
  /** Starts a fetch for others to join. `start` never rejects. */
  launch(
    key: string,
    origin: Origin,
    mayLeave: boolean,
    start: (signal?: AbortSignal) => Promise<Value>,
  ): SharedFetch<Value, Origin>;
  /** Gives up one place. The fetch is aborted when the last one has left. */
  leave(fetch: SharedFetch<Value, Origin>): void;
}

export function createSharedFetches<Value, Origin extends FetchOrigin>(): SharedFetches<Value, Origin> {
  const flights = new Map<string | undefined, SharedFetch<Value, Origin>>();

  /** Lets go of a fetch. A later one may have its key by now. */
  function forget(flight: SharedFetch<Value, Origin>): void {
    flight.landed = true;
    if (flights.get(flight.key) === flight) flights.delete(flight.key);
  }

  return {
    find(key, generation, epoch) {
      const flight = flights.get(key);
      const origin = flight?.origin;
      return origin?.generation === generation && origin.epoch === epoch ? flight : undefined;
    },

    launch(key, origin, mayLeave, start) {
      const controller = mayLeave ? new AbortController() : undefined;
      const flight: SharedFetch<Value, Origin> = {
        key,
        origin,
        controller,
        waiting: 0,
        landed: false,
        promise: start(controller?.signal).then((value) => {
          forget(flight);
          return value;
        }),
      };
      flights.set(key, flight);
      return flight;
    },

    leave(flight) {
      flight.waiting -= 1;
      if (flight.waiting > 0 || flight.landed) return;
      forget(flight);
      flight.controller?.abort();
    },
  };
}
