/** The known name that is nearest to an unknown one, if any is near enough to be worth a hint. */
export function closestName(
  name: string,
  known: Iterable<string>,
  limit = name.length > 4 ? 2 : 1,
): string | undefined {
  let closest: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    // Lengths that differ by more cannot be near, and long texts are not worth a table.
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [closest, least] = [candidate, distance];
  }
  return closest;
}

/** The known name that a name is so near to that it is taken for a slip: `toString` is not `testing`. */
export function meantName(name: string, known: Iterable<string>): string | undefined {
  return closestName(name, known, name.length < 10 ? 1 : 2);
}

/** The end of a message: ` Did you mean "secret"?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const closest = closestName(name, known);
  return closest === undefined ? "" : ` Did you mean "${closest}"?`;
}

/** How many characters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, swapped, last[j]! + 1, row[j - 1]! + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
