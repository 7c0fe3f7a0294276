import type { ConfigShape } from "../../config-schema/config-shape.ts";

const TOKEN: ConfigShape = {
  type: "string",
  pattern: "^[\\w!#$%&'*+.^`|~-]+$",
  patternErrorMessage: "must be a name of letters, digits and dashes",
};

const ORIGIN: ConfigShape = {
  type: "string",
  pattern: "^[a-z][a-z0-9+.-]*://(\\*\\.)?[a-z0-9.\\[\\]:_-]+$",
  patternErrorMessage:
    "must be an origin such as https://example.com or https://*.example.com, in lower case and without a path",
};

const flag = (description: string, fallback: boolean): ConfigShape => ({
  type: "boolean",
  description,
  default: fallback,
});

const atLeast = (minimum: number, description: string, fallback?: number): ConfigShape => ({
  type: "integer",
  description,
  minimum,
  ...(fallback !== undefined && { default: fallback }),
});

const listOf = (items: ConfigShape, description: string): ConfigShape => ({
  type: "array",
  description,
  items,
});

const attributes: Readonly<Record<string, ConfigShape>> = {
  path: {
    type: "string",
    description: "The paths that the cookie is for.",
    pattern: "^/[ -:<-~]*$",
    patternErrorMessage: "must begin with / and hold no semicolon",
    default: "/",
  },
  domain: {
    type: "string",
    description: "The domain and all below it. Without it, the host alone.",
    pattern: "^\\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
    patternErrorMessage: "must be the name of a domain",
  },
  httpOnly: flag("Hides the cookie from scripts of the page.", true),
  secure: flag("Sends the cookie over HTTPS alone.", true),
  sameSite: {
    type: "string",
    description: "Whether requests from other sites bring the cookie.",
    enum: ["strict", "lax", "none"],
    default: "lax",
  },
  partitioned: flag("Keeps a jar for each site that embeds this one.", false),
};

const secret: ConfigShape = { type: "string", minLength: 32 };

/** The configuration of `http`, as JSON Schema has it. */
export const httpShape: ConfigShape = {
  type: "object",
  properties: {
    maxBodyBytes: atLeast(0, "The most bytes of a request's body, also once it is unpacked.", 1_048_576),
    maxFields: atLeast(0, "The most fields of a query, or of a form without its files.", 1000),
    maxFiles: atLeast(0, "The most files of a multipart form.", 10),
    maxFileBytes: atLeast(0, "The most bytes of one file. Default: maxBodyBytes."),
    parseBody: flag("false leaves the body to the handler, in event.body.", true),
    etag: flag("Tags the replies to GET, so that clients need not load again what they have.", false),
    cookie: {
      type: "object",
      description: "Attributes of every cookie that says nothing else.",
      properties: { ...attributes, maxAgeSeconds: atLeast(0, "How long clients keep cookies.") },
      additionalProperties: false,
    },
    session: {
      type: "object",
      description: "Values that travel sealed in a cookie.",
      properties: {
        secret: { ...secret, description: "What seals are made with: 32 random characters or more." },
        secrets: {
          type: "array",
          description: "In place of secret: the first one seals, all of them open.",
          items: secret,
          minItems: 1,
        },
        name: { ...TOKEN, description: "The cookie's name.", default: "session" },
        maxAgeSeconds: atLeast(1, "How long a seal is good for.", 604_800),
        rolling: flag("Seals a session that is read afresh, once half of its time has passed.", false),
        cookie: {
          type: "object",
          description: "Attributes of the session's cookie.",
          properties: attributes,
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    cors: {
      type: "object",
      description: "Which other origins' pages may read replies.",
      properties: {
        origins: {
          description: "Such as https://example.com or https://*.example.com; * alone is every origin.",
          anyOf: [
            { type: "array", items: ORIGIN },
            { type: "string", enum: ["*"] },
          ],
        },
        credentials: flag("Whether cookies may come along.", false),
        methods: listOf(TOKEN, "The methods that pages may use. Default: those that the API answers."),
        headers: listOf(TOKEN, "The headers that pages may send. Default: those that they ask for."),
        exposeHeaders: listOf(TOKEN, "The headers that pages may read beside the common ones."),
        maxAgeSeconds: atLeast(0, "How long browsers may keep the answer to a preflight.", 600),
      },
      required: ["origins"],
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};
