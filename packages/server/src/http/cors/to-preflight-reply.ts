import type { InvocationData } from "../../func/invocation-data.ts";
import type { HttpReply } from "../http-reply.ts";
import { createHeaders } from "../reply/header-rules.ts";
import { toExchange } from "../to-exchange.ts";
import { addPreflightHeaders } from "./cors-headers.ts";

/** Answers OPTIONS: which methods there are, and to a browser whether a page may use them. */
export function toPreflightReply(data: InvocationData, allowed: readonly string[]): HttpReply {
  const { settings, headers: requestHeaders } = toExchange(data);
  const headers = createHeaders();
  headers["allow"] = allowed.join(", ");
  if (settings.cors) addPreflightHeaders(headers, settings.cors, requestHeaders, allowed);
  return { status: 204, headers, body: null };
}
