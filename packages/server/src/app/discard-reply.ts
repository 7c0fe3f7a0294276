import type { HttpReply } from "../http/http-reply.ts";
import { isStream } from "./is-stream.ts";

/** Drops a reply that nobody will read. */
export function discardReply({ body }: HttpReply, reason: unknown): void {
  // Somebody else who reads it sees to its end, and one that cannot be cancelled helps nobody any more.
  if (isStream(body) && !body.locked) body.cancel(reason).catch(() => {});
}
