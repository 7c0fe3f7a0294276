import { HttpError } from "../errors.ts";
import { InvocationContext, toInvocationContext } from "../func/invocation-context.ts";
import { InvocationData } from "../func/invocation-data.ts";
import type { MountedFunc } from "../func/mounted-func.ts";
import { type SignalSource, toSignalSource } from "../func/signal-source.ts";
import type { HttpEvent, Logger } from "../types.ts";
import { type ContractEntries, findContractChange } from "./find-contract-change.ts";
import type { Declarations } from "./declarations.ts";
import type { HttpReply } from "./http-reply.ts";
import { addTags } from "./reply/add-tags.ts";
import { toDeclaredFailure } from "./reply/to-declared-failure.ts";
import { toFailure } from "./reply/to-failure.ts";
import { toPreflightReply } from "./cors/to-preflight-reply.ts";
import { discardBody } from "./reply/to-reply.ts";
import { toSuccess } from "./reply/to-success.ts";

/** What an adapter says of a request beside the event. */
export interface AnswerOptions {
  /** The methods that the function answers. */
  readonly methods: readonly string[];
  /** What the function's replies say beside their values. */
  readonly declarations?: Declarations | undefined;
  /** What the function takes and gives, for requests that say what they were made by. */
  readonly contract?: ContractEntries | undefined;
  /** When the request's time is up, in milliseconds since 1970. */
  readonly deadline?: number | undefined;
  /** Gives the signal that aborts when the client is gone or time is up. */
  readonly signalSource?: SignalSource | undefined;
  /** A platform's context. Its `requestId` and `deadline` count. */
  readonly context?: object | undefined;
  /** Logs this request in place of the function's own. */
  readonly logger?: Logger | undefined;
}

/**
 * Answers a request with a function. HEAD runs as GET; OPTIONS and methods that the function does not answer run no
 * plugin. Whatever goes wrong is a reply as well: it never rejects.
 */
export function answer(mounted: MountedFunc, event: HttpEvent, options: AnswerOptions): Promise<HttpReply> {
  const { methods } = options;
  if (methods.includes(event.method)) return run(mounted, event, options);
  if (event.method === "HEAD" && methods.includes("GET"))
    return run(mounted, toGet(event), options).then(toHeadReply);
  const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  return answerOutside(mounted, event, options, (data) =>
    event.method === "OPTIONS"
      ? toPreflightReply(data, allowed)
      : toFailure(data, methodNotAllowed(event.method, allowed)),
  );
}

function run(mounted: MountedFunc, event: HttpEvent, options: AnswerOptions): Promise<HttpReply> {
  const { declarations, contract } = options;
  const change = contract && findContractChange(contract, event);
  if (change) return answerOutside(mounted, event, options, (data) => toFailure(data, change));
  const data = createData(mounted, event, options);
  const running = mounted.run(data, options.logger);
  if (declarations) return toDeclaredReply(running, data, declarations);
  return running.then(
    (value) => toSuccess(data, value),
    (error: unknown) => toFailure(data, error),
  );
}

async function toDeclaredReply(
  running: Promise<unknown>,
  data: InvocationData,
  declarations: Declarations,
): Promise<HttpReply> {
  let value: unknown;
  try {
    value = await running;
  } catch (error) {
    return toDeclaredFailure(data, error, declarations);
  }
  return addTags(await toSuccess(data, value), data, declarations);
}

/** Answers without running the function. */
function answerOutside(
  mounted: MountedFunc,
  event: HttpEvent,
  options: AnswerOptions,
  toReply: (data: InvocationData) => HttpReply | Promise<HttpReply>,
): Promise<HttpReply> {
  const data = createData(mounted, event, options);
  InvocationData.bind(data, { logger: options.logger ?? mounted.logger, failure: undefined });
  return Promise.resolve(toReply(data));
}

function createData(
  mounted: MountedFunc,
  event: HttpEvent,
  { context: given, signalSource, deadline }: AnswerOptions,
): InvocationData {
  const { runtime, config } = mounted;
  const header = event.headers["x-request-id"];
  if (!given)
    return mounted.createData(event, new InvocationContext(runtime, header, deadline), config, signalSource);
  const context = toInvocationContext(runtime, given as Readonly<Record<string, unknown>>, header);
  return mounted.createData(
    event,
    context,
    config,
    signalSource ?? toSignalSource(undefined, context.deadline),
  );
}

/** What a handler does for GET alone, it does for HEAD; what it does for all others, it does not. */
function toGet(event: HttpEvent): HttpEvent {
  const { path, queryString, headers, body, remoteAddress } = event;
  return { ...event, method: "GET", path, queryString, headers, body, remoteAddress };
}

function toHeadReply({ status, headers, body }: HttpReply): HttpReply {
  discardBody(body);
  return { status, headers, body: null };
}

function methodNotAllowed(method: string, allowed: readonly string[]): HttpError {
  const allow = allowed.join(", ");
  return new HttpError({
    statusCode: 405,
    code: "METHOD_NOT_ALLOWED",
    message: `${method} is not among the methods of this path: ${allow}`,
    headers: { allow },
  });
}
