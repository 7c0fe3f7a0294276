/** Encodes text for a URL. Half a surrogate pair, which has no encoding, becomes the replacement character. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}
