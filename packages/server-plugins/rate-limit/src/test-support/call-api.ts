import { defineApi, type Plugin } from "@x/server";
import { createTestApp } from "@x/server/testing";
import { parseList } from "structured-headers";

/** A response, with its limits as a client would read them. */
export interface LimitedResponse {
  readonly status: number;
  /** By name: what is left, and the seconds until there is more. */
  readonly limits: Readonly<Record<string, readonly [remaining: unknown, seconds: unknown]>>;
  /** By name: the quota, and the window in seconds. */
  readonly policies: Readonly<Record<string, readonly [quota: unknown, windowSeconds: unknown]>>;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

/** What a request says besides. */
export interface CallOptions {
  /** Whom it comes from, as a trusted proxy tells it. */
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An API behind these plugins, which is called over `fetch`. */
export function serveApi(plugins: readonly Plugin[], handler: () => unknown = () => "ok") {
  const app = createTestApp({ routes: { api: defineApi({ method: "GET", plugins, handler }) } });
  return {
    async call({ from = "192.0.2.1", headers = {} }: CallOptions = {}): Promise<LimitedResponse> {
      const request = new Request("http://localhost/api", {
        headers: { "x-forwarded-for": from, ...headers },
      });
      const response = await app.fetch(request);
      return {
        status: response.status,
        limits: readItems(response.headers.get("ratelimit"), "r", "t"),
        policies: readItems(response.headers.get("ratelimit-policy"), "q", "w"),
        retryAfter: response.headers.get("retry-after"),
        body: await response.json(),
      };
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** By a parser of structured fields: what it takes, every client takes. */
function readItems(header: string | null, first: string, second: string) {
  const items = header === null ? [] : parseList(header);
  return Object.fromEntries(
    items.map(([name, parameters]) => [
      String(name),
      [parameters.get(first), parameters.get(second)] as const,
    ]),
  );
}
