import { messageOf } from "../../errors.ts";
import type { InvocationData } from "../../func/invocation-data.ts";
import { READS_HEADER, WRITES_HEADER } from "../contract-headers.ts";
import type { Declarations } from "../declarations.ts";
import type { HttpReply } from "../http-reply.ts";

/** Has a success say what it was made from and what it has changed. A failure has done neither. */
export function addTags(reply: HttpReply, data: InvocationData, { reads, writes }: Declarations): HttpReply {
  if (reply.status >= 400 || !(reads || writes)) return reply;
  const { response } = data;
  const { params } = data as { readonly params?: unknown };
  const onFault = (fault: unknown): void => data.logger.error({ err: fault }, messageOf(fault));
  const read = reads?.({ params, response }, onFault);
  const written = writes?.({ params, response }, onFault);
  // What a plugin or the handler has set by itself knows better.
  if (read !== undefined) reply.headers[READS_HEADER] ??= read;
  if (written !== undefined) reply.headers[WRITES_HEADER] ??= written;
  return reply;
}
