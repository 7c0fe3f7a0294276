import { createHash } from "node:crypto";

/**
 * The id of the one job of a queue that has this key, in the form of a UUID of version 8. That the database keeps ids
 * unique is what makes a key count once, whoever enqueues it how often, and wherever.
 */
export function toJobId(queue: string, key: string): string {
  const bytes = createHash("sha256")
    .update(JSON.stringify([queue, key]))
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
