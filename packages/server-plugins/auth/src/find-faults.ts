import type { AuthConfig, AuthOptions } from "./auth-config.ts";
import { AUTH_SHAPE, PUBLIC_ALGORITHMS, SECRET_ALGORITHMS } from "./auth-schema.ts";
import { type ConfigIssue, findConfigIssues } from "@x/server";

/** Names that belong to the framework. */
const RESERVED_FIELDS: ReadonlySet<string> = new Set([
  "config",
  "context",
  "cookie",
  "event",
  "logger",
  "params",
  "requestId",
  "response",
  "session",
  "setBody",
  "setContentType",
  "setHeader",
  "setStatusCode",
  "signal",
]);
const FIELD = /^[A-Za-z]\w*$/;
/** What a quoted string of a header holds without escapes. */
const QUOTABLE = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Everything that is wrong with a configuration once code and YAML have come together, but for the keys themselves. */
export function findFaults(config: AuthConfig, { verify }: Pick<AuthOptions, "verify">): ConfigIssue[] {
  const issues = findConfigIssues(AUTH_SHAPE, config);
  // What is of the wrong type cannot be looked at any closer.
  if (issues.length > 0) return issues;
  return [
    ...findKeyFaults(config, verify !== undefined),
    ...findJwksFaults(config),
    ...findRequestFaults(config),
  ];
}

function findKeyFaults(config: AuthConfig, verifies: boolean): ConfigIssue[] {
  const { secret, publicKey, jwks, algorithms = [] } = config;
  const given = Object.entries({ secret, publicKey, jwks }).flatMap(([name, value]) => (value ? [name] : []));
  const [kind, second] = verifies ? ["verify", given[0]] : given;
  if (!kind)
    return [{ path: [], message: "holds no key: give it secret, publicKey or jwks, or verify in code" }];
  if (second) return [{ path: [second], message: `stands beside ${kind}: one kind of key is enough` }];
  const fitting: readonly string[] = kind === "secret" ? SECRET_ALGORITHMS : PUBLIC_ALGORITHMS;
  const issues: ConfigIssue[] = (algorithms ?? []).flatMap((algorithm, index) =>
    fitting.includes(algorithm)
      ? []
      : [{ path: ["algorithms", String(index)], message: `${algorithm} does not go with ${kind}` }],
  );
  if (algorithms?.length === 0 && config.algorithms)
    issues.push({ path: ["algorithms"], message: "is empty, so that no token would do" });
  return issues;
}

function findJwksFaults({ jwks, audience }: AuthConfig): ConfigIssue[] {
  if (!jwks) return [];
  const issues: ConfigIssue[] = [];
  const fault = findUrlFault(jwks.url);
  if (fault) issues.push({ path: ["jwks", "url"], message: fault });
  // RFC 8725, section 3.9: an issuer signs for many, and each must look whom a token is for.
  if (audience !== false && [audience ?? []].flat().length === 0)
    issues.push({
      path: ["audience"],
      message: "is needed with jwks, whose issuer signs tokens for others too; false takes them all",
    });
  return issues;
}

function findUrlFault(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (!url) return "must be a URL";
  if (url.username !== "" || url.password !== "") return "must hold no credentials";
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && isLocal)) return undefined;
  return "must begin with https: whoever can change the keys on their way can sign tokens";
}

function findRequestFaults({ header, cookie, realm, userField }: AuthConfig): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const add = (message: string, ...path: string[]) => issues.push({ path, message });
  if (header === false && !cookie) add("is false, and there is no cookie: no token could arrive", "header");
  if (header && !TOKEN.test(header)) add("is no name of a header", "header");
  if (cookie && !TOKEN.test(cookie.name ?? "")) add("must be the name of a cookie", "cookie", "name");
  for (const [index, origin] of (cookie?.allowedOrigins ?? []).entries())
    if (URL.parse(origin)?.origin !== origin)
      add("must be an origin, such as https://app.example.com", "cookie", "allowedOrigins", String(index));
  if (realm && !QUOTABLE.test(realm)) add('must be ASCII without " and \\', "realm");
  if (userField && (!FIELD.test(userField) || RESERVED_FIELDS.has(userField) || userField in {}))
    add("must be a name that no field of the framework has", "userField");
  return issues;
}
