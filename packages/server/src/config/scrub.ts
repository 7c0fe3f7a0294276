/** What stands in the place of a value that is not shown. */
export const REDACTED = "[redacted]";

/** Shorter texts are no secrets worth the name, and occur everywhere. */
const MIN_SECRET_LENGTH = 4;

/** A text without any of these secrets. */
export function scrub(text: string, secrets: readonly string[]): string {
  // The longest first: one secret may be a part of another.
  const ordered = secrets.filter(isLongEnough).toSorted((a, b) => b.length - a.length);
  return ordered.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, REDACTED), text);
}

/** Tells whether a text is long enough to be looked for. */
export function isLongEnough(secret: string): boolean {
  return secret.length >= MIN_SECRET_LENGTH;
}
