import { HttpError } from "../../errors.ts";

/**
 * Refuses keys by which a careless merge further in would change the prototype of every object: `__proto__`, and
 * `constructor` with a `prototype` of its own.
 *
 * @throws HttpError 400 `FORBIDDEN_KEY`.
 */
export function assertKeys(value: unknown): void {
  const seen = new Set<unknown>();
  const waiting = [value];
  // A list in place of recursion: what comes from outside may be nested deeper than the stack.
  while (waiting.length > 0) {
    const current = waiting.pop();
    if (typeof current !== "object" || current === null || seen.has(current)) continue;
    seen.add(current);
    if (Object.hasOwn(current, "__proto__")) throw forbiddenKey();
    const constructor = Object.getOwnPropertyDescriptor(current, "constructor")?.value as unknown;
    if (typeof constructor === "object" && constructor !== null && Object.hasOwn(constructor, "prototype"))
      throw forbiddenKey();
    // One by one: an array may have more items than a call can have arguments.
    for (const inner of Object.values(current)) waiting.push(inner);
  }
}

export function forbiddenKey(): HttpError {
  return new HttpError({
    statusCode: 400,
    code: "FORBIDDEN_KEY",
    message: "a key of the request would reach an object's prototype",
  });
}
