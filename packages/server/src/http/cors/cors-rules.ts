import { CONTRACT_HEADER, ERROR_HEADER, READS_HEADER, WRITES_HEADER } from "../contract-headers.ts";
import type { CorsConfig } from "../config/http-config.ts";

/** `cors` of the configuration, made ready for requests. */
export interface CorsRules {
  /** What `access-control-allow-origin` says to a page of this origin. `undefined`: nothing. */
  allow(origin: string | undefined): string | undefined;
  readonly credentials: boolean;
  /** Comma-separated. `undefined`: those that the API answers. */
  readonly methods: string | undefined;
  /** Comma-separated. `undefined`: those that the page asks for. */
  readonly headers: string | undefined;
  /** Comma-separated, those of contracts among them. */
  readonly exposeHeaders: string;
  readonly maxAgeSeconds: number;
}

const MAX_AGE_SECONDS = 600;

/** Compiles the allow list once. */
export function toCorsRules(config: CorsConfig): CorsRules {
  const { origins, credentials, methods, headers, exposeHeaders, maxAgeSeconds } = config;
  return {
    allow: toAllow(typeof origins === "string" ? [origins] : origins),
    credentials: credentials ?? false,
    methods: methods?.map((method) => method.toUpperCase()).join(", "),
    headers: headers && toList(headers, [CONTRACT_HEADER]),
    exposeHeaders: toList(exposeHeaders ?? [], [ERROR_HEADER, READS_HEADER, WRITES_HEADER]),
    maxAgeSeconds: maxAgeSeconds ?? MAX_AGE_SECONDS,
  };
}

/** A header's names, and those that clients of this project need whatever configuration says. */
function toList(names: readonly string[], needed: readonly string[]): string {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return [...names, ...needed.filter((name) => !known.has(name))].join(", ");
}

function toAllow(origins: readonly string[]): CorsRules["allow"] {
  if (origins.includes("*")) return (origin) => (origin === undefined ? undefined : "*");
  const exact = new Set(origins.filter((origin) => !origin.includes("*")));
  const patterns = origins.filter((origin) => origin.includes("*")).map(toPattern);
  return (origin) => {
    if (origin === undefined) return undefined;
    return exact.has(origin) || patterns.some((pattern) => pattern.test(origin)) ? origin : undefined;
  };
}

/** `https://*.example.com` stands for every host below `example.com`, and not for `example.com` itself. */
function toPattern(origin: string): RegExp {
  const [before = "", after = ""] = origin
    .split("*")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  return new RegExp(`^${before}(?:[a-z0-9-]+\\.)*[a-z0-9-]+${after}$`);
}
