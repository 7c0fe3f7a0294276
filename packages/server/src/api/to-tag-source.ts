import { messageOf, ServerError } from "../errors.ts";
import type { TagData, TagSource } from "../http/declarations.ts";

/** What has no place in a list of tags in a header: commas, blanks, control characters, and all beyond ASCII. */
const UNSAFE = /[^\u0021-\u002b\u002d-\u007e]/gu;
const SURROGATE = /\p{Surrogate}/gu;
/** A header that is longer may well be refused on its way. */
const MAX_LENGTH = 8_000;

/** Gives one tag. It throws where there is something amiss. */
type TagMaker = (params: unknown) => string;
type ToFault = (what: string, cause?: unknown) => ServerError;

/**
 * Compiles the tags of an API, once. A tag that cannot be made is left out; where that leaves none, there is no header,
 * so that clients go by what they know themselves.
 *
 * @throws ServerError `INVALID_API` where no header could hold them.
 */
export function toTagSource(
  option: string,
  tags: readonly string[] | ((data: TagData<never>) => readonly string[]),
): TagSource {
  const fault = (what: string, cause?: unknown) =>
    new ServerError("INVALID_REPLY", `${option}: ${what}`, cause === undefined ? {} : { cause });
  if (typeof tags === "function") return toComputed(tags, fault);
  // Most tags hold no params, and are the same for every request.
  if (!tags.some((tag) => tag.split("/").some(isName))) {
    const header = toHeader(
      tags.map(encodeTag),
      (what) => new ServerError("INVALID_API", `${option}: ${what}`),
    );
    return () => header;
  }
  const makers = tags.map((tag) => toMaker(tag, fault));
  return ({ params }, onFault) => {
    const made = makers.flatMap((make) => attempt(() => make(params), onFault) ?? []);
    return made.length > 0 ? attempt(() => toHeader(made, fault), onFault) : undefined;
  };
}

function toComputed(tags: (data: TagData<never>) => readonly string[], fault: ToFault): TagSource {
  return (data, onFault) =>
    attempt(() => {
      const given = callTags(tags, data, fault);
      if (!isTags(given)) throw fault("the function gave something else than texts");
      return toHeader(given.map(encodeTag), fault);
    }, onFault);
}

function callTags(tags: (data: TagData<never>) => unknown, data: TagData, fault: ToFault): unknown {
  try {
    // The schema has made the params, of whatever type.
    return tags(data as TagData<never>);
  } catch (thrown) {
    throw fault(messageOf(thrown), thrown);
  }
}

function attempt<Value>(make: () => Value, onFault: (fault: unknown) => void): Value | undefined {
  try {
    return make();
  } catch (fault) {
    onFault(fault);
    return undefined;
  }
}

/** Tells whether these are tags: texts, none of them empty. */
export function isTags(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((tag) => typeof tag === "string" && tag !== "");
}

function toMaker(tag: string, fault: ToFault): TagMaker {
  const parts = tag.split("/").map((segment) => {
    if (!isName(segment)) return () => encodeTag(segment);
    const name = segment.slice(1);
    return (params: unknown) => {
      // Whatever the schema has made.
      const value = (params as Readonly<Record<string, unknown>> | null | undefined)?.[name];
      if (isSegment(value)) return encodeURIComponent(toWellFormed(String(value)));
      throw fault(`the tag "${tag}" is left out, as the params have no ${name}`);
    };
  });
  return (params) => parts.map((part) => part(params)).join("/");
}

function isName(segment: string): boolean {
  return segment.length > 1 && segment.startsWith(":");
}

function isSegment(value: unknown): boolean {
  return ["string", "number", "bigint", "boolean"].includes(typeof value) && value !== "";
}

function encodeTag(tag: string): string {
  return toWellFormed(tag).replaceAll(UNSAFE, encodeURIComponent);
}

function toWellFormed(text: string): string {
  return text.replaceAll(SURROGATE, "\ufffd");
}

function toHeader(tags: readonly string[], fault: ToFault): string {
  const header = tags.join(",");
  if (header.length <= MAX_LENGTH) return header;
  throw fault(`the tags are longer than ${MAX_LENGTH} characters together: name what they have in common`);
}
