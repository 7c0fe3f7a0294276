/** What `encodeURIComponent` leaves as it is. */
const PLAIN = /^[\w.~!*'()-]*$/;

/** Encodes text for a URL. Half a surrogate pair, which has no encoding, becomes the replacement character. */
export function encodeText(text: string): string {
  return PLAIN.test(text) ? text : encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}
