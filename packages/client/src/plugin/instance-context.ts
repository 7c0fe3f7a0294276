import type { Runtime } from "../client/runtime-types.ts";
import { ClientError } from "../errors.ts";
import { Context } from "../request/context.ts";
import type { InstanceContext } from "../request/context-types.ts";
import { createPluginAccess } from "./plugin-access.ts";

/** Makes what plugins have at hand outside of requests. */
export function createInstanceContext(runtime: Runtime): InstanceContext {
  const scope: Omit<InstanceContext, "clientScope" | "plugins"> = {
    stateManager: runtime.state,
    eventEmitter: runtime.events,
    clock: runtime.clock,
    report: runtime.report,
    queryKeyOf: runtime.queryKeyOf,
    send: runtime.request,
    instrument: runtime.instrument,
    get identity() {
      return runtime.checkIdentity().identity;
    },
  };
  const context: InstanceContext = new Proxy(scope as InstanceContext, {
    get(target, field) {
      if (field in target) return Reflect.get(target, field);
      // What belongs to a request alone. Internal APIs that touch it outside of one are told so.
      if (field in new Context(runtime, "", {}, undefined))
        throw new ClientError(
          "NO_REQUEST",
          `"${String(field)}" belongs to a request: setup and api run outside of any`,
        );
      return undefined;
    },
  });
  // Getting oneself or another plugin here gives its API for the client, not for a request.
  return Object.assign(context, {
    clientScope: context,
    plugins: createPluginAccess(runtime.pluginsByName, context),
  });
}
