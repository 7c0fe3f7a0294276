import type { ClientResponse, GenericRequestOptions } from "@x/client";
import type { AnyClient } from "../shared/client-types.ts";

/** A request for which components wait. They have no state of their own until it has settled. */
interface SuspendedRead {
  readonly promise: Promise<ClientResponse>;
  /** When it has, in milliseconds of the platform's clock. */
  settledAt: number | undefined;
  failed: boolean;
}

/**
 * How long what a request has settled with is given to those that waited for it, in milliseconds. An error is thrown again
 * to every rendering of that time, for React tries more than once before it shows an error boundary.
 */
const HELD_MS = 1_000;

/** The requests of components that wait for data. */
export interface SuspendedReads {
  /** The request for the key that is under way, or has failed a moment ago; else it sends one. */
  read(client: AnyClient, key: string, path: string, options: GenericRequestOptions): Promise<ClientResponse>;
  /** The request for the key that has settled a moment ago. */
  settled(client: AnyClient, key: string): Promise<ClientResponse> | undefined;
  /** Lets the next rendering send those again that have failed. */
  forget(client: AnyClient): void;
}

export function createSuspendedReads(): SuspendedReads {
  const readsOf = new WeakMap<AnyClient, Map<string, SuspendedRead>>();

  function current(client: AnyClient): Map<string, SuspendedRead> {
    const reads = readsOf.get(client) ?? new Map<string, SuspendedRead>();
    readsOf.set(client, reads);
    drop(reads, performance.now() - HELD_MS);
    return reads;
  }

  /** Forgets what has settled by then. */
  function drop(reads: Map<string, SuspendedRead>, until: number): void {
    for (const [key, { settledAt = Infinity }] of reads) if (settledAt <= until) reads.delete(key);
  }

  return {
    read(client, key, path, options) {
      const reads = current(client);
      const found = reads.get(key);
      // What has succeeded and is not there any more was forgotten by the client.
      if (found && (found.settledAt === undefined || found.failed)) return found.promise;
      const promise = client.get(path, options);
      const read: SuspendedRead = { promise, settledAt: undefined, failed: false };
      reads.set(key, read);
      void promise.then(({ error }) => {
        read.settledAt = performance.now();
        read.failed = error !== undefined;
      });
      return promise;
    },

    settled(client, key) {
      const read = current(client).get(key);
      return read?.settledAt === undefined ? undefined : read.promise;
    },

    forget: (client) => drop(current(client), performance.now()),
  };
}
