import type { Load } from "./load/send-load.ts";
import { acceptOrder, CHUNKS, findOrder, NOT_FOUND, STREAM_TYPE } from "./work.ts";

/** A request that every server answers alike. */
export interface ServerCase extends Load {
  readonly id: string;
  readonly title: string;
  /** The media type of the response. */
  readonly type: string;
  readonly body: string;
  /** Whether plugins have a part in it. */
  readonly plugins: boolean;
}

const CALLER = { id: "ada" };
const ORDER = { title: "Espresso cups", quantity: 6, tags: ["kitchen", "gift"] };
const LINE_COUNT = 150;
const BIG_ORDER = {
  ...ORDER,
  lines: Array.from({ length: LINE_COUNT }, (_, line) => ({
    sku: `cup-${line}`,
    quantity: 6,
    price: 12.5,
    gift: true,
  })),
};
const JSON_TYPE = "application/json";

/** The cases, in the order in which the tables show them. */
export const serverCases: readonly ServerCase[] = [
  {
    id: "post",
    title: "POST JSON",
    request: toPost(ORDER),
    status: 200,
    type: JSON_TYPE,
    body: JSON.stringify(acceptOrder(ORDER, CALLER)),
    plugins: true,
  },
  {
    id: "get",
    title: "GET",
    request: toRequest("GET", "/order?id=42"),
    status: 200,
    type: JSON_TYPE,
    body: JSON.stringify(findOrder("42", CALLER)),
    plugins: true,
  },
  {
    id: "not-found",
    title: "404",
    request: toRequest("GET", "/nowhere"),
    ...NOT_FOUND,
    plugins: false,
  },
  {
    id: "post-10k",
    title: "POST 10 KB of JSON",
    request: toPost(BIG_ORDER),
    status: 200,
    type: JSON_TYPE,
    body: JSON.stringify(acceptOrder(BIG_ORDER, CALLER)),
    plugins: true,
  },
  {
    id: "stream",
    title: `stream of ${CHUNKS} KiB`,
    request: toRequest("GET", "/export"),
    status: 200,
    type: STREAM_TYPE,
    body: "x".repeat(CHUNKS * 1_024),
    plugins: true,
  },
];

/** Requests that the same work refuses, in every server. */
export const refusedLoads: readonly Load[] = [
  { request: toPost({ ...ORDER, quantity: "six" }), status: 400 },
  { request: toPost({ ...ORDER, title: "x".repeat(1_100_000) }), status: 413 },
];

function toPost(value: unknown): Uint8Array {
  return toRequest("POST", "/orders", JSON.stringify(value));
}

function toRequest(method: string, path: string, body?: string): Uint8Array {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    "accept: application/json",
    "user-agent: bench",
    `authorization: Bearer ${CALLER.id}`,
    ...(body === undefined
      ? []
      : [`content-type: ${JSON_TYPE}`, `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body ?? ""}`);
}
