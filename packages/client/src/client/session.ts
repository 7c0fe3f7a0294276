import type { ClientConfig } from "./client-types.ts";
import { ClientError } from "../errors.ts";
import { encodeText } from "../transport/encode-text.ts";

/** The time in which a client is one user's. It has requests, keys and data of its own. */
export interface Session {
  /** Whose it is; `undefined` is nobody's. */
  readonly identity: string | undefined;
  /** What the query keys of its requests begin with. */
  readonly keyPrefix: string;
  /** Aborts when it is over. A client whose identity cannot change has none. */
  readonly signal: AbortSignal | undefined;
  end(): void;
}

/** What the query keys of all identities begin with, and no method does. */
export const KEY_MARK = "@";

/**
 * Follows whose a client is. What it returns asks, and calls `onChange` with the session that is over when somebody
 * else is there by then.
 */
export function createSessions(
  given: ClientConfig["identity"],
  report: (error: ClientError) => void,
  onChange: (previous: Session) => void,
): () => Session {
  let session = open(ask());

  function ask(): string | undefined {
    try {
      return (typeof given === "function" ? given() : given) ?? undefined;
    } catch (cause) {
      report(new ClientError("IDENTITY_FAILED", "the function that gives the identity threw", { cause }));
      return undefined;
    }
  }

  function open(identity: string | undefined): Session {
    const controller = typeof given === "function" ? new AbortController() : undefined;
    return {
      identity,
      keyPrefix: identity === undefined ? "" : `${KEY_MARK}${encodeText(identity)} `,
      signal: controller?.signal,
      end: () => controller?.abort(),
    };
  }

  return () => {
    const identity = ask();
    if (identity !== session.identity) {
      const previous = session;
      session = open(identity);
      onChange(previous);
    }
    return session;
  };
}
