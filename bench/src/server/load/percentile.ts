/** The least value that at least a share of all values does not exceed: the nearest rank. `NaN` for no values. */
export function percentile(values: Float64Array, share: number): number {
  return values.toSorted()[Math.max(0, Math.ceil(values.length * share) - 1)] ?? NaN;
}
