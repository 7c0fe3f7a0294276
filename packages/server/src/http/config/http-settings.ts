import type { CookieOptions } from "../../types.ts";
import { type CorsRules, toCorsRules } from "../cors/cors-rules.ts";
import type { HttpConfig } from "./http-config.ts";

/** What a request's body may be. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  readonly maxFields: number;
  readonly maxFiles: number;
  readonly maxFileBytes: number;
}

/** How sessions are sealed, and the cookie that carries them. */
export interface SessionSettings {
  /** The newest first. */
  readonly secrets: readonly string[];
  readonly name: string;
  readonly maxAgeSeconds: number;
  readonly rolling: boolean;
  readonly cookie: CookieOptions;
}

/** The configuration of `http` with its defaults filled in. */
export interface HttpSettings {
  readonly limits: BodyLimits;
  readonly parseBody: boolean;
  readonly etag: boolean;
  readonly cookie: CookieOptions;
  readonly session: SessionSettings;
  readonly cors: CorsRules | undefined;
}

const MAX_BODY_BYTES = 1_048_576;
const MAX_FIELDS = 1000;
const MAX_FILES = 10;
const SESSION_SECONDS = 604_800;
const COOKIE: CookieOptions = { path: "/", httpOnly: true, secure: true, sameSite: "lax" };

/** Fills in the defaults. What configuration says has been checked by then; an empty entry of YAML is `null`. */
export function toHttpSettings(config: HttpConfig | null | undefined): HttpSettings {
  const { session, cors, ...own } = config ?? {};
  const maxBodyBytes = own.maxBodyBytes ?? MAX_BODY_BYTES;
  const cookie = { ...COOKIE, ...own.cookie };
  return {
    limits: {
      maxBodyBytes,
      maxFields: own.maxFields ?? MAX_FIELDS,
      maxFiles: own.maxFiles ?? MAX_FILES,
      maxFileBytes: own.maxFileBytes ?? maxBodyBytes,
    },
    parseBody: own.parseBody ?? true,
    etag: own.etag ?? false,
    cookie,
    session: {
      secrets: session?.secrets ?? [session?.secret ?? []].flat(),
      name: session?.name ?? "session",
      maxAgeSeconds: session?.maxAgeSeconds ?? SESSION_SECONDS,
      rolling: session?.rolling ?? false,
      cookie: { ...cookie, ...session?.cookie },
    },
    cors: cors ? toCorsRules(cors) : undefined,
  };
}
