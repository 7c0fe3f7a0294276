import type { ClientError, PluginResponse } from "@x/client";
import type { EndpointShapes } from "./shape.ts";

/** The answer of a server that has another contract, and has not run the request. */
export interface ChangedResponse {
  readonly headers: Readonly<Record<string, string>>;
  readonly error: ClientError & { readonly body: { readonly contract: EndpointShapes } };
}

/** Tells it from other answers with the status 412, which mean a precondition of the caller's own. */
export function isChangedResponse(response: PluginResponse): response is PluginResponse & ChangedResponse {
  if (response.status !== 412) return false;
  const { body } = (response.error ?? {}) as Partial<ClientError>;
  const { code, contract } = (body ?? {}) as { readonly code?: unknown; readonly contract?: unknown };
  const { hash } = (contract ?? {}) as { readonly hash?: unknown };
  return code === "CONTRACT_CHANGED" && typeof hash === "string";
}
