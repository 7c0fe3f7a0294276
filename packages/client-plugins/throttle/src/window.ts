import type { ClientResponse, PluginResponse } from "@x/client";

/** The time after the start of a fetch in which its key is not fetched again. */
export interface Window {
  /** In milliseconds of the clock. */
  readonly endsAt: number;
  /** Settles with the fetch, and is gone then. */
  readonly pending: Promise<void> | undefined;
  /** What the fetch failed with. */
  readonly failure: PluginResponse | undefined;
  /** Whether its fetch was aborted by the caller who had begun it, and told nothing to anybody else. */
  readonly aborted: boolean;
  end(response: ClientResponse): void;
}

export function openWindow(endsAt: number): Window {
  let settle = () => {};
  let failure: PluginResponse | undefined;
  let aborted = false;
  let pending: Promise<void> | undefined = new Promise((resolve) => {
    settle = resolve;
  });
  return {
    endsAt,
    get pending() {
      return pending;
    },
    get failure() {
      return failure;
    },
    get aborted() {
      return aborted;
    },
    end({ error, status, aborted: byCaller }) {
      pending = undefined;
      aborted = byCaller;
      if (error) failure = { error, status };
      settle();
    },
  };
}
