import type { InvokeData, PluginOptions } from "@x/server";
import type { CurrentUser, TokenClaims } from "./types.ts";

/** How tokens may be signed. There is no `none`. */
export type SigningAlgorithm =
  | "HS256"
  | "HS384"
  | "HS512"
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA"
  | "Ed25519";

/** A public key as a JSON Web Key. */
export interface PublicJwk {
  readonly kty: string;
  readonly kid?: string | undefined;
  readonly alg?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly n?: string | undefined;
  readonly e?: string | undefined;
}

/** A public key: PEM (`PUBLIC KEY` or `CERTIFICATE`), or a JSON Web Key. */
export type PublicKey = string | PublicJwk;

/** Keys that an issuer publishes. */
export interface JwksConfig {
  /** Where; `https:`, or `http:` on the machine itself. */
  readonly url: string;
  /** How long the keys are good for once they are fetched. Default: 600. */
  readonly maxAgeSeconds?: number | undefined;
  /** How long after a fetch an unknown key does not cause another. Default: 30. */
  readonly cooldownSeconds?: number | undefined;
  /** How long a fetch may take. Default: 5,000. */
  readonly timeoutMs?: number | undefined;
}

/** Tokens that browsers send on their own. */
export interface CookieTokenConfig {
  readonly name: string;
  /** Whether requests that change something must come from the same origin. Default: `true`. */
  readonly checkOrigin?: boolean | undefined;
  /** Other origins whose pages may use the cookie, such as `https://app.example.com`. Default: none. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** What stands under `config` of the plugin, in `faas.yaml` and in code. */
export interface AuthConfig {
  /** What tokens are signed with (HS256 and its like): 32 bytes at least. Several while one replaces another. */
  readonly secret?: string | readonly string[] | undefined;
  /** Whose signature tokens have. Several while one replaces another. */
  readonly publicKey?: PublicKey | readonly PublicKey[] | undefined;
  readonly jwks?: JwksConfig | undefined;
  /** How tokens may be signed. Default: `HS256` with a secret, else RS256, ES256, ES384, ES512 and EdDSA as keys fit. */
  readonly algorithms?: readonly SigningAlgorithm[] | undefined;
  /** Who may have written a token (`iss`). Default: anyone who has the key. */
  readonly issuer?: string | readonly string[] | undefined;
  /** Whom a token must be for (`aud`). `jwks` asks for it; `false` stands for "anyone". Default: anyone. */
  readonly audience?: string | readonly string[] | false | undefined;
  /** What the header `typ` must say, such as `at+jwt` for access tokens. Default: anything. */
  readonly tokenType?: string | undefined;
  /** How far clocks may be apart. Default: 5. */
  readonly clockToleranceSeconds?: number | undefined;
  /** How old a token may be by `iat`, whatever `exp` says. Default: any age. */
  readonly maxTokenAgeSeconds?: number | undefined;
  /** Claims that a token must have. Default: `["exp"]`, so that none is good for ever. */
  readonly requiredClaims?: readonly string[] | undefined;
  /** Whether a request without a token is refused. Default: `true`. */
  readonly required?: boolean | undefined;
  /** A user needs one of them. Asking for a role asks for a token. Default: none is asked for. */
  readonly roles?: readonly string[] | undefined;
  /** The claim that holds roles, or the names that lead to it: `["realm_access", "roles"]`. Default: `roles`. */
  readonly rolesClaim?: string | readonly string[] | undefined;
  /** The header that carries the token; `false` is none. Default: `authorization`, as `Bearer <token>`. */
  readonly header?: string | false | undefined;
  /** Takes tokens from a cookie where the header has none. Default: no cookie. */
  readonly cookie?: CookieTokenConfig | undefined;
  /** What `WWW-Authenticate` calls the protected area. Default: `api`. */
  readonly realm?: string | undefined;
  /** The field of `data` that gets the user. Default: `current_user`. */
  readonly userField?: string | undefined;
}

type Awaitable<Value> = Value | PromiseLike<Value>;

/** Options of `new AuthPlugin`. From `faas.yaml` come `name`, `type` and `config`. */
export interface AuthOptions extends Partial<Omit<PluginOptions, "config">> {
  readonly config?: AuthConfig | undefined;
  /**
   * Makes the user of a token's claims, for instance from a database. Nothing stands for a user who is no longer
   * there: the token is refused. Default: `{ id, roles, claims }`.
   */
  readonly mapUser?:
    ((claims: TokenClaims, data: InvokeData) => Awaitable<CurrentUser | null | undefined>) | undefined;
  /**
   * Checks tokens in place of a key: opaque ones at their issuer, say. It gives the claims; nothing, or an error of
   * jose, refuses the token.
   */
  readonly verify?:
    ((token: string, data: InvokeData) => Awaitable<TokenClaims | null | undefined>) | undefined;
}
