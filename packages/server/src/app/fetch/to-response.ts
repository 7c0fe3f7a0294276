import type { HttpReply } from "../../http/http-reply.ts";
import { isStream } from "../is-stream.ts";

/** @throws What the runtime says of a header or a status that cannot be sent. */
export function toResponse(method: string, { status, headers, body }: HttpReply): Response {
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  if (bodiless && isStream(body)) body.cancel().catch(() => {});
  const init = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (typeof value === "string") init.set(name, value);
    else for (const line of value) init.append(name, line);
  // Bytes of any buffer can be sent; the type says so of some alone.
  return new Response(bodiless ? null : (body as BodyInit | null), { status, headers: init });
}
