import { type ConfigShape, defineConfigSchema } from "@x/server";
import type { RateLimitConfig } from "./rate-limit-config.ts";

const seconds = (minimum: number, description: string): ConfigShape => ({
  type: "integer",
  minimum,
  description,
});
const text = (description: string): ConfigShape => ({ type: "string", minLength: 1, description });
const flag = (description: string): ConfigShape => ({ type: "boolean", description });

const LIMIT: ConfigShape = {
  type: "object",
  additionalProperties: false,
  properties: {
    // Stores keep them in 32 bits.
    points: { type: "integer", minimum: 1, maximum: 1_000_000_000, description: "Requests in a window." },
    durationSeconds: seconds(1, "How long the window is."),
    blockDurationSeconds: seconds(0, "How long who goes over it is refused. Default: until the window ends."),
    by: text("ip, user, header:<name>, or a name that code gives. Default: ip."),
    enabled: flag("false turns an inherited limit off."),
  },
};

/** What `config` may hold. */
export const RATE_LIMIT_SHAPE: ConfigShape = {
  type: "object",
  description: "How often a client may call.",
  additionalProperties: false,
  properties: {
    limits: { type: "object", additionalProperties: LIMIT, description: "Limits by name." },
    trustedProxies: {
      type: "integer",
      minimum: 0,
      maximum: 100,
      description: "How many proxies of yours stand before the server. Default: 0.",
    },
    addressHeader: text("The header in which they tell whom they speak for. Default: x-forwarded-for."),
    ipv6PrefixLength: {
      type: "integer",
      minimum: 1,
      maximum: 128,
      description: "How much of an IPv6 address stands for one client. Default: 64.",
    },
    userField: text("The field of data that holds the user. Default: current_user."),
    headers: flag("Whether responses tell what is left. Default: true."),
    onStoreError: {
      type: "string",
      enum: ["allow", "refuse"],
      description: "What becomes of requests while the store is down. Default: allow.",
    },
    storeTimeoutMs: { type: "integer", minimum: 1, description: "How long a store may take. Default: 1000." },
    maxKeys: {
      type: "integer",
      minimum: 1,
      description: "The most keys in memory, for each limit. Default: 100000.",
    },
    keyPrefix: text("What keys in a store begin with. Default: the plugin's name."),
  },
};

/** Checks `config`. What its keys need of each other is checked at mount, when code and YAML have come together. */
export const rateLimitConfigSchema = defineConfigSchema<RateLimitConfig>(RATE_LIMIT_SHAPE);

/** There is no secret in it. */
export const PUBLIC_CONFIG: readonly string[] = Object.keys(RATE_LIMIT_SHAPE.properties ?? {});
