import type { InvokeData } from "@x/server";

/** What the response to one request tells of its limits. */
export interface ToldLimits {
  readonly policies: string[];
  readonly limits: string[];
}

const TOLD = Symbol("rate limits");

/** One record for all instances of the plugin that a request passes: a header has room for all of their limits. */
export function toldLimitsOf(data: InvokeData): ToldLimits {
  const known: unknown = Reflect.get(data, TOLD);
  // Nobody else has the symbol.
  if (known) return known as ToldLimits;
  const told: ToldLimits = { policies: [], limits: [] };
  // Not among the fields that a caller of `invoke` gets back.
  Object.defineProperty(data, TOLD, { value: told });
  return told;
}

/** Both as headers; one without any entry is left out. */
export function toHeaders({ policies, limits }: ToldLimits): Readonly<Record<string, string>> {
  return {
    ...(policies.length > 0 && { "ratelimit-policy": policies.join(", ") }),
    ...(limits.length > 0 && { ratelimit: limits.join(", ") }),
  };
}
