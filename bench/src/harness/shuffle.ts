/** The same values in an order drawn anew. */
export function shuffle<Value>(values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, key: Math.random() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ value }) => value);
}
