import type { AppFunc } from "../app/app-func.ts";
import type { FuncEnvironment } from "../func/func-environment.ts";
import type { Func } from "../func/func.ts";
import { answer } from "../http/answer.ts";
import { withHttp } from "../http/with-http.ts";
import type { FuncConfig, HttpEvent, Logger } from "../types.ts";
import { projectEnvironment } from "./project-environment.ts";
import { readReply, type TestResponse } from "./read-reply.ts";
import { silentLogger } from "./silent-logger.ts";

/** Options of `testApi`. */
export interface TestApiOptions {
  /**
   * The API's own file, such as `new URL("../create.api.ts", import.meta.url)`. With it the `faas.yaml` files from
   * `root` down to its folder count. Default: code alone configures.
   */
  readonly file?: string | URL | undefined;
  /** Where configuration begins. Default: the topmost folder above `file` without a gap in `faas.yaml` files. */
  readonly root?: string | URL | undefined;
  /** Default: `testing`. */
  readonly stage?: string | undefined;
  /** What `${VAR}` in YAML stands for. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Wins over the API's own. */
  readonly config?: FuncConfig | undefined;
  /** Default: lines are dropped. */
  readonly logger?: Logger | undefined;
}

/** What a test sends beside the body. */
export interface TestRequest {
  /** Default: the API's first method, or POST. */
  readonly method?: string | undefined;
  /** Default: `/`. */
  readonly path?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly query?: string | Readonly<Record<string, string>> | undefined;
  /** Cookies by name. They join those of a `cookie` header. */
  readonly cookie?: Readonly<Record<string, string>> | undefined;
  /** The peer's address, as `event.remoteAddress` has it. Default: none. */
  readonly remoteAddress?: string | undefined;
  /** Aborts `data.signal`, as a client that leaves does. */
  readonly signal?: AbortSignal | undefined;
  /** Fields of `data.context`, such as `requestId`. */
  readonly context?: object | undefined;
}

/** Sends one request to an API: the params as a JSON body, or as the query of a GET, and what goes with them. */
export type TestHandler = (params?: unknown, request?: TestRequest) => Promise<TestResponse>;

/**
 * Runs an API's whole life without a port: configuration, mount, plugins, schema, handler, and the response as a
 * client would get it.
 *
 * @example
 * ```ts
 * import { defineApi, HttpError } from "@x/server";
 * import { testApi } from "@x/server/testing";
 *
 * const api = defineApi({
 *   handler() {
 *     throw new HttpError({ statusCode: 401, message: "who are you?" });
 *   },
 * });
 * const response = await testApi(api)({ title: "test" });
 * console.log(response.statusCode, response.error?.message); // 401 who are you?
 * ```
 */
export function testApi(api: Func, options: TestApiOptions = {}): TestHandler {
  const { methods = ["POST"], declarations }: AppFunc = api;
  attach(api, options);
  return async (params, request = {}) => {
    const mounted = await api.toMounted();
    const event = toEvent(params, { method: methods[0], ...request });
    const { signal, context } = request;
    const reply = await answer(mounted, event, {
      methods,
      declarations,
      ...(signal && { signalSource: () => signal }),
      ...(context && { context }),
    });
    return readReply(reply);
  };
}

/** A function that is mounted already keeps the surroundings that it has. */
function attach(api: Func, { logger = silentLogger, ...options }: TestApiOptions): void {
  if (api.mounted) return;
  const environment = projectEnvironment({ ...options, logger });
  api.attach({
    ...environment,
    async prepare(code) {
      const prepared = await environment.prepare(code);
      return { ...prepared, plugins: withHttp(prepared.plugins, code.plugins) };
    },
  } satisfies FuncEnvironment);
}

function toEvent(input: unknown, { method = "POST", ...request }: TestRequest): HttpEvent {
  const { path = "/", cookie = {}, remoteAddress } = request;
  // A GET has no body: its params are in the query.
  const asQuery = BODILESS.has(method.toUpperCase()) && request.query === undefined && isFields(input);
  const [body, query = ""] = asQuery ? [undefined, toFields(input)] : [input, request.query];
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const cookies = Object.entries(cookie).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  if (cookies.length > 0) headers["cookie"] = [headers["cookie"], ...cookies].filter(Boolean).join("; ");
  const queryString = typeof query === "string" ? query : new URLSearchParams(query).toString();
  return { method: method.toUpperCase(), path, queryString, headers, body, remoteAddress };
}

const BODILESS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function toFields(params: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
