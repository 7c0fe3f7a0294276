import { definePlugin, perClient, untilAborted, type PluginResponse, type RequestContext } from "@x/client";
import { isChangedResponse } from "./changed-response.ts";
import type { KnownContract } from "./known-contract.ts";
import { readTags } from "./read-tags.ts";

/** While a server is replaced, the old and the new one may answer in turns. */
const MAX_ATTEMPTS = 5;

/** What the plugin needs of the one for invalidation, if the client has it. */
interface Invalidation {
  setPatterns?(patterns: readonly string[]): void;
}

/**
 * Keeps a client in step with the server that it was typed by: reads and writes are tagged as their APIs say, and a
 * request that does not fit the API any more fails with `CONTRACT_SKEW`, before anything has run.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { contract } from "@x/client-contract";
 * import { invalidation } from "@x/client-invalidation";
 *
 * // Written by `x types`; import it from there.
 * declare const known: { hashes: Record<string, string>; shapes: () => Promise<{ default: object }> };
 *
 * const client = createClient({ baseUrl: "/api" }).use([invalidation(), contract(known)]);
 * const { error } = await client.post("orders/create", { body: { sku: "tea" } });
 * if (error?.code === "CONTRACT_SKEW") location.reload();
 * ```
 */
export function contract(known: KnownContract) {
  // What the server said that it has, where it is not what the client was built for and fits it nevertheless.
  const agreedBy = perClient(() => new Map<string, string>());

  return definePlugin()({
    name: "contract",
    // Inside of all that changes requests: it sends again what has been refused.
    priority: 120,
    repeatable: true,

    async middleware(context, next) {
      const { path, method, request } = context;
      const endpoint = `${path} ${method}`;
      const hash = known.hashes[endpoint];
      if (hash === undefined) return tagged(context, await next());
      const agreed = agreedBy(context);
      for (let attempt = 1; ; attempt += 1) {
        request.headers["api-contract"] = agreed.get(endpoint) ?? hash;
        const response = await next();
        if (!isChangedResponse(response)) return tagged(context, response);
        const { explainSkew } = await untilAborted(import("./explain-skew.ts"), request.signal);
        const skew = await untilAborted(explainSkew({ known, path, method, response }), request.signal);
        if (skew) return skew;
        agreed.set(endpoint, response.error.body.contract.hash);
        // A stream is read once: it is for the caller to send it again.
        if (attempt === MAX_ATTEMPTS || request.body instanceof ReadableStream) return response;
      }
    },
  });
}

/** Tells the client what a read has read and a write has changed. */
function tagged(context: RequestContext, response: PluginResponse): PluginResponse {
  const { operationType, plugins, eventEmitter, queryKey } = context;
  if (operationType === "write" || operationType === "queue") {
    const written = readTags(response, "api-writes");
    const invalidation = plugins.get("invalidation") as Invalidation | undefined;
    if (written) invalidation?.setPatterns?.(written);
    return response;
  }
  const read = operationType === "subscribe" ? undefined : readTags(response, "api-reads");
  if (read && context.setTags(read)) eventEmitter.emit("refetch", { queryKey });
  return response;
}
