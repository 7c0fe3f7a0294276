/**
 * What a token says. Augment it with the claims of your issuer:
 * `declare module "@x/server-auth" { interface TokenClaims { email?: string } }`. Let them be optional: the signature
 * tells who wrote a claim, and nothing checks what.
 */
export interface TokenClaims {
  /** Who wrote the token. */
  readonly iss?: string;
  /** Whom it is about. */
  readonly sub?: string;
  /** Whom it is for. */
  readonly aud?: string | readonly string[];
  /** When it ends, in seconds since 1970. */
  readonly exp?: number;
  /** When it begins, in seconds since 1970. */
  readonly nbf?: number;
  /** When it was written, in seconds since 1970. */
  readonly iat?: number;
  readonly jti?: string;
}

/** The user that a token alone describes. */
export interface TokenUser {
  /** The claim `sub`. */
  readonly id: string;
  /** What the claim of `rolesClaim` holds. */
  readonly roles: readonly string[];
  readonly claims: TokenClaims;
}

/**
 * The types that your application chooses. Augment it where `mapUser` makes users of your own:
 * `declare module "@x/server-auth" { interface AuthTypes { user: User } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface AuthTypes {}

/** Who `data.current_user` is: `AuthTypes["user"]` where you declare it, else what the token describes. */
export type CurrentUser = AuthTypes extends { user: infer User } ? User : TokenUser;

declare module "@x/server" {
  interface DefineApiInject {
    /** Who is calling; `null` where nobody has to, and nobody has, signed in. */
    current_user?: CurrentUser | null;
  }
}
