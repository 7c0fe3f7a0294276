import { type ConfigShape, defineConfigSchema } from "@x/server";
import type { AuthConfig } from "./auth-config.ts";

/** Algorithms by the kind of key they need: a key never serves one of the other kind. */
export const SECRET_ALGORITHMS = ["HS256", "HS384", "HS512"] as const;
export const PUBLIC_ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
] as const;

const text = (description?: string): ConfigShape => ({
  type: "string",
  minLength: 1,
  ...(description ? { description } : {}),
});
const list = (items: ConfigShape): ConfigShape => ({ type: "array", items });
const seconds = (description: string): ConfigShape => ({ type: "integer", minimum: 0, description });

const PUBLIC_KEY: readonly ConfigShape[] = [text(), { type: "object" }];

/** What `config` may hold. */
export const AUTH_SHAPE: ConfigShape = {
  type: "object",
  description: "Who is calling, by tokens (JWT).",
  additionalProperties: false,
  properties: {
    secret: {
      description: "What tokens are signed with: 32 bytes at least. A list while one replaces another.",
      anyOf: [text(), list(text())],
    },
    publicKey: {
      description: "Whose signature tokens have: PEM or a JSON Web Key. A list while one replaces another.",
      anyOf: [...PUBLIC_KEY, list({ anyOf: PUBLIC_KEY })],
    },
    jwks: {
      description: "Keys that an issuer publishes.",
      type: "object",
      additionalProperties: false,
      properties: {
        url: text("https, or http on the machine itself."),
        maxAgeSeconds: seconds("How long the keys are good for. Default: 600."),
        cooldownSeconds: seconds(
          "How long after a fetch an unknown key does not cause another. Default: 30.",
        ),
        timeoutMs: { type: "integer", minimum: 1, description: "How long a fetch may take. Default: 5000." },
      },
    },
    algorithms: {
      ...list({ type: "string", enum: [...SECRET_ALGORITHMS, ...PUBLIC_ALGORITHMS] }),
      description: "How tokens may be signed. Default: as the key fits.",
    },
    issuer: { description: "Who may have written a token.", anyOf: [text(), list(text())] },
    audience: {
      description: "Whom a token must be for; false for anyone.",
      anyOf: [text(), list(text()), { enum: [false] }],
    },
    tokenType: text("What the header typ must say, such as at+jwt."),
    clockToleranceSeconds: seconds("How far clocks may be apart. Default: 5."),
    maxTokenAgeSeconds: seconds("How old a token may be by iat. Default: any age."),
    requiredClaims: { ...list(text()), description: "Claims that a token must have. Default: exp." },
    required: { type: "boolean", description: "Whether a request needs a token. Default: true." },
    roles: { ...list(text()), description: "A user needs one of them." },
    rolesClaim: {
      description: "The claim that holds roles, or the names that lead to it. Default: roles.",
      anyOf: [text(), list(text())],
    },
    header: {
      description: "The header that carries the token; false for none. Default: authorization.",
      anyOf: [text(), { enum: [false] }],
    },
    cookie: {
      description: "Takes tokens from a cookie where the header has none.",
      type: "object",
      additionalProperties: false,
      properties: {
        name: text("The cookie's name."),
        checkOrigin: {
          type: "boolean",
          description:
            "Whether requests that change something must come from the same origin. Default: true.",
        },
        allowedOrigins: {
          ...list(text()),
          description: "Other origins whose pages may use the cookie, such as https://app.example.com.",
        },
      },
    },
    realm: text("What WWW-Authenticate calls the protected area. Default: api."),
    userField: text("The field of data that gets the user. Default: current_user."),
  },
};

/** Checks `config`. What keys need of each other is checked at mount, when code and YAML have come together. */
export const authConfigSchema = defineConfigSchema<AuthConfig>(AUTH_SHAPE);

/** Everything but keys may be shown. */
export const PUBLIC_CONFIG: readonly string[] = Object.keys(AUTH_SHAPE.properties ?? {}).filter(
  (key) => key !== "secret" && key !== "publicKey",
);
