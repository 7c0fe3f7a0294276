import type { ClientScope } from "../request/context-types.ts";

/**
 * Gives a plugin state of its own for each client. A variable in the plugin's factory is shared by every client that
 * has the plugin, and `use` hands a client's plugins to the next one.
 *
 * @example
 * ```ts
 * import { definePlugin, perClient } from "@x/client";
 *
 * function counting() {
 *   const countOf = perClient(() => ({ requests: 0 }));
 *   return definePlugin()({
 *     name: "acme:counting",
 *     middleware(context, next) {
 *       countOf(context).requests += 1;
 *       return next();
 *     },
 *   });
 * }
 * ```
 */
export function perClient<State extends object>(
  create: (scope: ClientScope) => State,
): (scope: ClientScope) => State {
  const states = new WeakMap<ClientScope, State>();
  // Not by what a request has at hand: that is of no use to the next user's.
  return ({ clientScope }) => {
    const known = states.get(clientScope);
    if (known) return known;
    const state = create(clientScope);
    states.set(clientScope, state);
    return state;
  };
}
