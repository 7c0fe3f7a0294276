/** A fetch that several requests wait for. It is aborted when the last of them leaves. */
export interface SharedFetch<Value> {
  readonly promise: Promise<Value>;
  /** Gives up one place. Call it once, on every outcome. */
  leave(): void;
}

/** The fetches under way, by what makes them equal. */
export interface SharedFetches<Value, Origin> {
  /** What the fetch of this id was started with, if there is one to join. */
  originOf(id: string): Origin | undefined;
  /**
   * Joins the fetch of this id, or starts it. One that is started for who stays to the end has no signal: it is never
   * abandoned by all.
   */
  join(id: string, origin: Origin, start: Start<Value>, mayLeave: boolean): SharedFetch<Value>;
}

type Start<Value> = (signal: AbortSignal | undefined) => Promise<Value>;

export function createSharedFetches<Value, Origin>(): SharedFetches<Value, Origin> {
  interface Flight {
    readonly origin: Origin;
    readonly promise: Promise<Value>;
    readonly controller: AbortController | undefined;
    waiting: number;
  }
  const flights = new Map<string, Flight>();

  return {
    originOf: (id) => flights.get(id)?.origin,

    join(id, origin, start, mayLeave) {
      const flight = flights.get(id) ?? launch(id, origin, start, mayLeave);
      flight.waiting += 1;
      return {
        promise: flight.promise,
        leave() {
          flight.waiting -= 1;
          // One that is no longer registered has landed.
          if (flight.waiting > 0 || flights.get(id) !== flight) return;
          flights.delete(id);
          flight.controller?.abort();
        },
      };
    },
  };

  function launch(id: string, origin: Origin, start: Start<Value>, mayLeave: boolean): Flight {
    const controller = mayLeave ? new AbortController() : undefined;
    const flight: Flight = {
      origin,
      controller,
      waiting: 0,
      promise: start(controller?.signal).finally(() => {
        if (flights.get(id) === flight) flights.delete(id);
      }),
    };
    flights.set(id, flight);
    return flight;
  }
}
