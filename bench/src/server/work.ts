import { z } from "zod";

/** Who sends a request. The second plugin of every server finds out. */
export interface Caller {
  readonly id: string;
}

/** The largest body that a server takes, in bytes. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** What the third plugin of every server puts into the response's headers. */
export const SERVED_BY = { name: "x-served-by", value: "bench" } as const;

/** What every server checks the body of a POST by. */
export const orderSchema = z.object({
  title: z.string().min(1),
  quantity: z.number().int().positive(),
  tags: z.array(z.string()),
  lines: z.array(z.unknown()).optional(),
});

/** How a request is answered that no route answers. */
export const NOT_FOUND = {
  status: 404,
  type: "application/problem+json",
  body: JSON.stringify({
    type: "about:blank",
    title: "Not Found",
    status: 404,
    detail: "there is nothing at this address",
  }),
} as const;

/** Asynchronous, as the look-up behind a real one would be. */
export async function findCaller(authorization: string | undefined): Promise<Caller> {
  return { id: authorization?.slice("Bearer ".length) ?? "" };
}

/** The answer to a POST. */
export function acceptOrder(order: z.infer<typeof orderSchema>, caller: Caller) {
  const { title, quantity, tags, lines = [] } = order;
  return { id: 1, title, quantity, tags: tags.length, lines: lines.length, caller: caller.id };
}

/** The answer to a GET. */
export function findOrder(id: unknown, caller: Caller) {
  return { id, title: "Espresso cups", quantity: 6, caller: caller.id };
}

const CHUNK = new Uint8Array(1_024).fill("x".charCodeAt(0));

/** How many chunks of 1 KiB a stream has. */
export const CHUNKS = 16;

/** The stream's type. */
export const STREAM_TYPE = "application/octet-stream";

/** What is streamed: never more than one chunk ahead of whoever reads. */
export async function* createChunks(): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < CHUNKS; sent++) yield CHUNK;
}
