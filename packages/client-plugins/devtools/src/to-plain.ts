/** How deep a value is copied, and of how many parts. A devtool shows no more, and a copy is made for each event. */
const MAX_DEPTH = 8;
const MAX_PARTS = 2_000;

/**
 * A copy of a value that `postMessage` and `JSON.stringify` take, made at once: the value may change later. What has no
 * plain form is a text in brackets.
 */
export function toPlain(value: unknown): unknown {
  let parts = 0;

  function copy(part: unknown, ancestors: readonly object[]): unknown {
    parts += 1;
    if (typeof part === "bigint" || typeof part === "symbol") return String(part);
    if (typeof part === "function") return `[function ${part.name}]`;
    if (typeof part !== "object" || part === null) return part;
    if (ancestors.includes(part)) return "[circular]";
    if (ancestors.length >= MAX_DEPTH || parts > MAX_PARTS) return "[more]";
    const inside = [...ancestors, part];
    if (part instanceof Date) return Number.isNaN(part.getTime()) ? "[invalid date]" : part.toISOString();
    if (isCollection(part)) return [...part].map((item) => copy(item, inside));
    if (isRecord(part))
      return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, copy(item, inside)]));
    return `[${part.constructor?.name ?? "object"}]`;
  }

  try {
    return copy(value, []);
  } catch {
    // A getter or a proxy of the application's own.
    return "[unreadable]";
  }
}

function isCollection(value: object): value is Iterable<unknown> {
  // Asked by name, for not every platform has all of them. Streams, which iterating would consume, are not among them.
  return Array.isArray(value) || /^(?:Map|Set|FormData|URLSearchParams|Headers)$/.test(nameOf(value));
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Of another realm, too, such as a frame's.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
