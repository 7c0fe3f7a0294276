let count = 0;

/**
 * Evaluates an expression to a function with code of its own. Functions from one literal share what the JIT
 * learned of it, and equal sources are compiled once, so each source gets a number.
 */
export function makeFunction(expression: string, values: Readonly<Record<string, unknown>> = {}): unknown {
  count += 1;
  const create = new Function(...Object.keys(values), `return ${expression}; // ${count}`);
  return create(...Object.values(values)) as unknown;
}
