import type { InvokeData } from "@x/server";
import { readClientAddress } from "./client-address.ts";
import type { AddressSettings } from "./rate-limit-settings.ts";
import type { GetKey } from "./types.ts";

/** The key of a request in one limit; nothing where the limit does not count it. */
export type CreateKey = (data: InvokeData) => Promise<string | undefined>;

/** What keys can be made of. */
export interface KeySources {
  readonly byAddress: (data: InvokeData) => string;
  readonly userField: string;
  readonly keys: Readonly<Record<string, GetKey>>;
}

/** All who cannot be told apart. */
const UNKNOWN = "ip:unknown";
/** Stores have room for some text, not for any. */
const MAX_LENGTH = 128;

/** The key of a request by its address, for all limits of a plugin. */
export function createAddressKey(settings: AddressSettings): (data: InvokeData) => string {
  let hasWarned = false;
  return (data) => {
    // A function without HTTP around it may have an event without anything.
    const client = readClientAddress(data.event ?? {}, settings);
    if (client !== undefined) return `ip:${client}`;
    if (!hasWarned) data.logger.warn("a client's address is not known: all such requests share one limit");
    hasWarned = true;
    return UNKNOWN;
  };
}

/** What makes the keys of a limit, as its `by` says. */
export function toCreateKey(by: string, { byAddress, userField, keys }: KeySources): CreateKey {
  const getKey = Object.hasOwn(keys, by) ? keys[by] : undefined;
  if (getKey)
    return async (data) => {
      const key = await getKey(data);
      return key === undefined || key === null ? undefined : toKey(by, key);
    };
  if (by === "ip") return async (data) => byAddress(data);
  if (by === "user")
    return async (data) => {
      const id = readId(Reflect.get(data, userField));
      return id === undefined ? byAddress(data) : toKey("user", id);
    };
  // There is nothing else, as the configuration has been checked.
  const name = by.slice("header:".length).toLowerCase();
  return async (data) => {
    const value = data.event?.headers?.[name];
    // It may be a credential, which a store has no need to know.
    return typeof value === "string" && value !== "" ? toDigest(`header:${name}`, value) : byAddress(data);
  };
}

function readId(user: unknown): string | number | undefined {
  if (typeof user !== "object" || user === null || !("id" in user)) return undefined;
  return typeof user.id === "string" || typeof user.id === "number" ? user.id : undefined;
}

/** With its kind, so that nobody named like an address takes points from it. */
async function toKey(kind: string, value: string | number): Promise<string> {
  const text = String(value);
  return text.length > MAX_LENGTH ? toDigest(kind, text) : `${kind}:${text}`;
}

async function toDigest(kind: string, text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return `${kind}:${hex.join("")}`;
}
