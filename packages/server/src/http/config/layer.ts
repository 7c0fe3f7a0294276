/** Lays one configuration over another. Maps merge; everything else is replaced. */
export function layer<Config extends object>(under: Config | undefined, over: Config | undefined): Config {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over ?? {}))
    merged[key] = isMap(value) && isMap(merged[key]) ? layer(merged[key], value) : value;
  // Both were of this type, and so is what they make together.
  return merged as Config;
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
