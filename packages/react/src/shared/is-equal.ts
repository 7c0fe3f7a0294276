/** How deep options are compared by value: `{ retry: { delays: [1, 2] } }` is three. */
const OPTIONS_DEPTH = 4;

/** Whether two sets of options say the same, written anew or not. Functions and instances are compared by identity. */
export function sameOptions(a: unknown, b: unknown): boolean {
  return isEqual(a, b, OPTIONS_DEPTH);
}

/**
 * Whether two values are the same, or arrays or plain objects with the same in them, down to that depth. What is deeper,
 * and whatever else it is, is compared by identity.
 */
export function isEqual(a: unknown, b: unknown, depth: number): boolean {
  if (Object.is(a, b)) return true;
  if (depth === 0 || !isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => name in b && isEqual(a[name], b[name], depth - 1))
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  return [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
}
