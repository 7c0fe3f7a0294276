/** Text as a header can carry it: each character is a byte of it in UTF-8, as event sources send their last id. */
export function toByteString(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
