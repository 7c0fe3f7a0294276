import { attribute, composeEager, isPipelineError, type EagerChain } from "@x/pipeline";
import type { InstrumentSteps, MiddlewareStep, RequestContext } from "./context-types.ts";
import { ClientError, messageOf } from "../errors.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import { isResponse, type ClientResponse, type PluginResponse } from "./response.ts";

/** An `afterResponse` hook with the name of its plugin. */
export interface AfterResponse {
  readonly plugin: string;
  readonly run: (context: RequestContext, response: ClientResponse) => unknown;
}

/** What the requests of one operation go through, made once. */
export interface OperationChain {
  readonly run: EagerChain<RequestContext, PluginResponse>;
  readonly afterResponse: readonly AfterResponse[];
}

export function createOperationChain(
  plugins: readonly AnyPlugin[],
  operation: string,
  instrument: InstrumentSteps,
): OperationChain {
  const matching = plugins.filter(({ operations }) => !operations || operations.includes(operation));
  return {
    run: composeEager<RequestContext, PluginResponse>(
      instrument(matching.flatMap(toStep), operation),
      attribute({ accepts: isResponse, onThrow: toPluginError }),
    ),
    afterResponse: matching.flatMap((plugin) =>
      plugin.afterResponse
        ? [{ plugin: plugin.name, run: plugin.afterResponse.bind(plugin) as AfterResponse["run"] }]
        : [],
    ),
  };
}

function toStep(plugin: AnyPlugin): MiddlewareStep[] {
  const { name, repeatable, middleware } = plugin;
  if (!middleware) return [];
  return [{ name, hook: "middleware", repeatable, run: middleware.bind(plugin) as MiddlewareStep["run"] }];
}

/** What a request fails with when one of its plugins threw, misused `next`, or returned no response. */
function toPluginError(cause: unknown, { name }: { readonly name: string }): ClientError {
  if (isPipelineError(cause) && cause.code === "INVALID_RESULT")
    return new ClientError(
      "INVALID_RESPONSE",
      `the middleware of "${name}" returned no response: return what next() gave`,
      {
        plugin: name,
        cause,
      },
    );
  return new ClientError("PLUGIN_THREW", `the middleware of "${name}" threw: ${messageOf(cause)}`, {
    plugin: name,
    cause,
  });
}
