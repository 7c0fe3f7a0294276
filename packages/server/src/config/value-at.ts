/** The value that these keys lead to, if they lead anywhere. Inherited keys lead nowhere. */
export function valueAt(value: unknown, path: readonly string[]): { readonly value: unknown } | undefined {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    // Any object can be read by a key that it has.
    current = (current as Record<string, unknown>)[key];
  }
  return { value: current };
}
