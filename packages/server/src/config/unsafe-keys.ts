const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Why a key is refused wherever it stands, or `undefined` where it may stand. */
export function whyUnsafe(key: string): string | undefined {
  if (PROTOTYPE_KEYS.has(key)) return `"${key}" is no key: it would reach into an object's prototype`;
  // A value of that name would take the place of the function that hides its neighbours.
  if (key === "toJSON") return `"toJSON" is no key: it is how a configuration keeps its values out of JSON`;
  return undefined;
}
