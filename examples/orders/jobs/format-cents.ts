/** `1234.50`, whatever the language: for files that others read. */
export function formatCents(cents: number): string {
  return (cents / 100).toFixed(2);
}
