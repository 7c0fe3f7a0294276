import { ClientError } from "../errors.ts";
import { facade } from "./facade.ts";
import type { Runtime } from "./runtime-types.ts";
import type { Session } from "./session.ts";
import type { StateManager } from "../state/state-types.ts";
import { encodeText } from "../transport/encode-text.ts";

/** Follows whose a client is. What it returns asks for the identity, and gives the session of whoever is there. */
export function createSessions(runtime: Runtime, createState: () => StateManager): () => Session {
  const { identity: given } = runtime.config;
  const changes = typeof given === "function";
  let session = open(ask());

  function ask(): string | undefined {
    try {
      return (changes ? given() : given) ?? undefined;
    } catch (cause) {
      runtime.report(new ClientError("IDENTITY_FAILED", "the identity threw", { cause }));
      return undefined;
    }
  }

  function open(identity: string | undefined): Session {
    let orphaned: StateManager | undefined;
    const stateOf = () => (check() === opened ? runtime.state : (orphaned ??= createState()));
    const opened: Session = {
      identity,
      keyPrefix: identity === undefined ? "" : `@${encodeText(identity)} `,
      controller: changes ? new AbortController() : undefined,
      state: changes ? facade(runtime.state, stateOf) : runtime.state,
    };
    return opened;
  }

  function check(): Session {
    const identity = ask();
    const previous = session;
    if (identity !== previous.identity) {
      session = open(identity);
      runtime.state.clear();
      previous.controller?.abort();
      runtime.events.emit("identity", { identity, previous: previous.identity });
      for (const follow of [...runtime.mounted.values()]) follow();
    }
    return session;
  }
  // Who cannot change is asked for once, and not at each of the steps of every request.
  return changes ? check : () => session;
}
