import type { CookieOptions } from "../../types.ts";

/** What stands under `config` of the `http` plugin, in `faas.yaml` and in code. */
export interface HttpConfig {
  /** The most bytes that a request's body may have, also once it is unpacked. Default: 1,048,576 (1 MiB). */
  readonly maxBodyBytes?: number | undefined;
  /** The most fields that a query, or a form without its files, may have. Default: 1,000. */
  readonly maxFields?: number | undefined;
  /** The most files that a multipart form may have. Default: 10. */
  readonly maxFiles?: number | undefined;
  /** The most bytes that one file may have. Default: `maxBodyBytes`, which counts as well. */
  readonly maxFileBytes?: number | undefined;
  /** `false` leaves the body in `event.body`, for handlers that check a signature or read a stream. Default: `true`. */
  readonly parseBody?: boolean | undefined;
  /** Gives GET replies a weak `etag` made of their body. Default: `false`. */
  readonly etag?: boolean | undefined;
  /** Attributes of every cookie that says nothing else. Default: `{ path: "/", httpOnly: true, secure: true, sameSite: "lax" }`. */
  readonly cookie?: Omit<CookieOptions, "expires"> | undefined;
  readonly session?: SessionConfig | undefined;
  /** Without it no other origin may read a reply. */
  readonly cors?: CorsConfig | undefined;
}

/** Sessions: values that travel sealed in a cookie. */
export interface SessionConfig {
  /** What seals are made with, of 32 characters at least. It is needed once a session is touched, and no sooner. */
  readonly secret?: string | undefined;
  /** In place of `secret`, several: the first one seals, and all of them open. Put a new one first to rotate. */
  readonly secrets?: readonly string[] | undefined;
  /** The cookie's name. Default: `session`. */
  readonly name?: string | undefined;
  /** How long a seal is good for. Default: 604,800 (a week). */
  readonly maxAgeSeconds?: number | undefined;
  /** Seals a session that is read afresh once half of its time has passed, so that it ends for the idle alone. Default: `false`. */
  readonly rolling?: boolean | undefined;
  /** Attributes of the cookie, beside those of `cookie`. */
  readonly cookie?: Omit<CookieOptions, "expires" | "maxAgeSeconds"> | undefined;
}

/** Which other origins' pages may read replies. */
export interface CorsConfig {
  /** Such as `https://example.com` or `https://*.example.com`; `*` alone is every origin. */
  readonly origins: "*" | readonly string[];
  /** Whether cookies may come along. Not with `*`. Default: `false`. */
  readonly credentials?: boolean | undefined;
  /** Default: those that the API answers. */
  readonly methods?: readonly string[] | undefined;
  /** The request headers that may come along, beside that of contracts. Default: whatever the page asks for. */
  readonly headers?: readonly string[] | undefined;
  /** The response headers that a page may read beside the common ones, and those of errors and tags. Default: none. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** How long a browser may keep the answer to a preflight. Default: 600. */
  readonly maxAgeSeconds?: number | undefined;
}
