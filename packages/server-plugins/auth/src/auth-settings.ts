import type { AuthConfig, PublicKey, SigningAlgorithm } from "./auth-config.ts";

/** What a token must fulfil besides its signature. */
export interface TokenRules {
  readonly issuer: readonly string[] | undefined;
  readonly audience: readonly string[] | undefined;
  readonly tokenType: string | undefined;
  readonly clockToleranceSeconds: number;
  readonly maxTokenAgeSeconds: number | undefined;
  readonly requiredClaims: readonly string[];
}

/** Where keys are published, and how long they are good for. */
export interface JwksSettings {
  readonly url: string;
  readonly maxAgeSeconds: number;
  readonly cooldownSeconds: number;
  readonly timeoutMs: number;
}

/** The keys that configuration gives. One kind has entries, unless code checks tokens itself. */
export interface KeySettings {
  readonly secrets: readonly string[];
  readonly publicKeys: readonly PublicKey[];
  readonly jwks: JwksSettings | undefined;
  /** As configured; without it, what fits the keys. */
  readonly algorithms: readonly SigningAlgorithm[] | undefined;
}

/** A cookie that may carry a token. */
export interface CookieSettings {
  readonly name: string;
  readonly checkOrigin: boolean;
  readonly allowedOrigins: readonly string[];
}

/** The configuration with its defaults filled in. */
export interface AuthSettings {
  readonly keys: KeySettings;
  readonly rules: TokenRules;
  /** Whether a request without a token is refused. */
  readonly required: boolean;
  readonly roles: readonly string[];
  readonly rolesClaim: readonly string[];
  /** In lower case. */
  readonly header: string | undefined;
  readonly cookie: CookieSettings | undefined;
  readonly realm: string;
  readonly userField: string;
}

/** Enough for clocks that are kept, and too little to matter to a token's life. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Fills in the defaults. */
export function toAuthSettings(config: AuthConfig): AuthSettings {
  const { secret, publicKey, jwks, algorithms, cookie } = config;
  const roles = config.roles ?? [];
  return {
    keys: {
      secrets: toList(secret),
      publicKeys: [publicKey ?? []].flat(),
      jwks: jwks
        ? {
            url: jwks.url,
            maxAgeSeconds: jwks.maxAgeSeconds ?? 600,
            cooldownSeconds: jwks.cooldownSeconds ?? 30,
            timeoutMs: jwks.timeoutMs ?? 5000,
          }
        : undefined,
      algorithms: algorithms ?? undefined,
    },
    rules: {
      issuer: config.issuer ? toList(config.issuer) : undefined,
      audience: config.audience ? toList(config.audience) : undefined,
      tokenType: config.tokenType ?? undefined,
      clockToleranceSeconds: config.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS,
      maxTokenAgeSeconds: config.maxTokenAgeSeconds ?? undefined,
      requiredClaims: config.requiredClaims ?? ["exp"],
    },
    required: (config.required ?? true) || roles.length > 0,
    roles,
    rolesClaim: toList(config.rolesClaim ?? "roles"),
    header: config.header === false ? undefined : (config.header ?? "authorization").toLowerCase(),
    cookie: cookie
      ? {
          name: cookie.name,
          checkOrigin: cookie.checkOrigin ?? true,
          allowedOrigins: cookie.allowedOrigins ?? [],
        }
      : undefined,
    realm: config.realm ?? "api",
    userField: config.userField ?? "current_user",
  };
}

function toList(value: string | readonly string[] | null | undefined): readonly string[] {
  return [value ?? []].flat();
}
