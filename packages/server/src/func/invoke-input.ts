import type { DefineApiInject, HttpEvent, Logger } from "../types.ts";
import { toInvocationContext } from "./invocation-context.ts";
import type { InvocationData } from "./invocation-data.ts";
import type { MountedFunc } from "./mounted-func.ts";
import { toSignalSource } from "./signal-source.ts";

/** What `invoke` takes. Fields beside these stand on `data` from the start, as a plugin's would. */
export interface InvokeInput<Event = HttpEvent> extends Partial<DefineApiInject> {
  /** What came in. Each part of it may be missing. Default: `{}`. */
  event?: Partial<Event> | undefined;
  /** A platform's context. `requestId` and `deadline` count; `runtime` is the framework's own and is not taken. */
  context?: object | undefined;
  /** Aborts the invoke. */
  signal?: AbortSignal | undefined;
  /** Logs this invoke in place of the function's own. */
  logger?: Logger | undefined;
  /** Filled in afterwards. */
  response?: unknown;
}

/** Fields that the framework makes itself, whatever the caller's object holds. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  "event",
  "context",
  "config",
  "logger",
  "signal",
  "response",
  "__proto__",
]);

/** Makes the `data` of an invoke from what a caller gave. */
export function toInvocationData(mounted: MountedFunc, input: InvokeInput<unknown>): InvocationData {
  const event: unknown = input.event ?? {};
  const given = input.context as Readonly<Record<string, unknown>> | undefined;
  const context = toInvocationContext(mounted.runtime, given, requestIdOf(event));
  const signalSource = toSignalSource(input.signal, context.deadline);
  const data = mounted.createData(event, context, mounted.config, signalSource);
  for (const [key, value] of Object.entries(input)) if (!OWN_FIELDS.has(key)) Reflect.set(data, key, value);
  return data;
}

/** Hands everything that is on `data` back to the caller's object. */
export function fillInput(input: InvokeInput<unknown>, data: InvocationData): void {
  const { event, context, config, logger, signal, response } = data;
  Object.assign(input, data, { event, context, config, logger, signal, response });
}

function requestIdOf(event: unknown): unknown {
  if (typeof event !== "object" || event === null || !("headers" in event)) return undefined;
  const { headers } = event;
  return typeof headers === "object" && headers !== null && "x-request-id" in headers
    ? headers["x-request-id"]
    : undefined;
}
