import { isClientError, isFailure, type PluginResponse } from "@x/client";

/** Too slow, too early, too many, or a server that is not well: another time it may be otherwise. */
const PASSING_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);
const NO_RESPONSE = new Set(["NETWORK_ERROR", "TIMEOUT"]);

/** Whether a failure may have passed by the time that the request is sent again. */
export function isWorthRetrying(response: PluginResponse): boolean {
  const { error, status } = response;
  // An aborted or invalid request has no status either, and will not fare better.
  if (isClientError(error) && error.code !== "HTTP_ERROR") return NO_RESPONSE.has(error.code);
  return isFailure(response) && status !== undefined && PASSING_STATUSES.has(status);
}
