import type { InvocationData } from "../func/invocation-data.ts";
import type { HttpEvent } from "../types.ts";
import { toHttpSettings } from "./config/http-settings.ts";
import { Exchange } from "./exchange.ts";
import { HttpData } from "./http-data.ts";

/** A function without the `http` plugin is answered by the defaults. */
const DEFAULTS = toHttpSettings({});

/** What was done to the reply of an invoke so far. */
export function toExchange(data: InvocationData): Exchange {
  // What is answered over HTTP was made from an HTTP event.
  return data instanceof HttpData
    ? HttpData.exchangeOf(data)
    : new Exchange(data.event as HttpEvent, DEFAULTS);
}

/** Tells whether a value is the whole reply: nobody has said anything beside it, and neither has configuration. */
export function isUntouched(data: InvocationData): boolean {
  if (!(data instanceof HttpData)) return true;
  const { cors, etag } = HttpData.settingsOf(data);
  return !HttpData.isTouched(data) && cors === undefined && !etag;
}
