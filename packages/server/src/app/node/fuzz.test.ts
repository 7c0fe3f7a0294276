import { connect } from "node:net";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { HttpPlugin } from "../../http/http-plugin.ts";
import { serve } from "../test-support/serve.ts";

const SEED = 20_261_121;
const RUNS = 1_500;
const AT_ONCE = 30;
const TIME_LIMIT_MS = 20_000;

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("\0", "\r\n", "\n", ": ", "%00", "%c0%af", "../", "\\", "//", "__proto__", "🐎", "", " "),
);
const line = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom("GET", "POST", "HEAD", "OPTIONS", "PUT") },
      { weight: 1, arbitrary: text },
    ),
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom("/echo", "/stream", "/healthz", "/readyz", "*", "http://x/echo"),
      },
      { weight: 2, arbitrary: text.map((path) => `/${path}`) },
    ),
    fc.oneof(
      { weight: 5, arbitrary: fc.constant("HTTP/1.1") },
      { weight: 1, arbitrary: fc.oneof(text, fc.constant("HTTP/1.0")) },
    ),
  )
  .map((parts) => parts.join(" "));
const header = fc.oneof(
  fc.constantFrom(
    "transfer-encoding: chunked",
    "transfer-encoding: gzip, chunked",
    "content-length: 5",
    "content-length: 99999999999999999999",
    "content-length: -1",
    "content-length: 5\r\ncontent-length: 6",
    "expect: 100-continue",
    "expect: what",
    "connection: upgrade\r\nupgrade: websocket",
    "connection: close",
    "content-type: application/json",
    "content-type: application/x-www-form-urlencoded",
    "content-type: multipart/form-data; boundary=x",
    "content-encoding: gzip",
    "cookie: a=1; =; ;;; b",
    "x-request-id: \t",
    "accept: text/html;q=x, */*",
    " folded: yes",
  ),
  fc.tuple(text, text).map((parts) => parts.join(": ")),
);
const body = fc.oneof(
  text,
  fc.constantFrom(
    "5\r\nhello\r\n0\r\n\r\n",
    "zz\r\n",
    "5;ext=1\r\nhel",
    '{"a":1}',
    '{"__proto__":1}',
    "--x\r\n\r\n--x--",
    "a=1&a[b]=2",
  ),
  fc.string({ unit: "binary", minLength: 2_000, maxLength: 4_000 }),
);
const message = fc
  .tuple(line, fc.array(header, { maxLength: 5 }), body)
  .map(([start, headers, rest]) => `${[start, "host: x", ...headers].join("\r\n")}\r\n\r\n${rest}`);
/** Whole requests, several of them, pieces of them, and bytes that never were one, with a place to cut the writing. */
const attack = fc.record({
  bytes: fc.oneof(
    { weight: 4, arbitrary: message },
    { weight: 1, arbitrary: fc.array(message, { maxLength: 3 }).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  ),
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  leaves: fc.constantFrom("end", "destroy", "stays"),
});

/** Sends, in two pieces, and goes away. */
function assault(
  port: number,
  { bytes, cut, leaves }: { bytes: string; cut: number; leaves: string },
): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const timer = setTimeout(() => socket.destroy(), 150);
    socket.on("error", () => {});
    socket.on("data", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
    const raw = Buffer.from(bytes, "latin1");
    const at = Math.floor(raw.length * cut);
    socket.write(raw.subarray(0, at));
    setImmediate(() => {
      if (leaves === "destroy") return socket.destroy();
      socket.write(raw.subarray(at));
      if (leaves === "end") socket.end();
    });
  });
}

describe("raw bytes", () => {
  it(
    "never end the process or its answers, whatever they are",
    async () => {
      const { server, lines } = await serve(
        {
          requestTimeoutMs: 100,
          routes: {
            echo: defineApi({
              method: ["GET", "POST", "PUT"],
              plugins: [new HttpPlugin({ config: { maxBodyBytes: 1_000 } })],
              handler: ({ params, cookie, signal }) => [params, cookie.get("a"), signal.aborted],
            }),
            stream: defineApi({
              method: ["GET", "POST"],
              handler: ({ setBody }) => setBody(new Blob(["x".repeat(100_000)]).stream()),
            }),
          },
        },
        { headersTimeoutMs: 200, bodyTimeoutMs: 100 },
      );
      const attacks = fc.sample(attack, { seed: SEED, numRuns: RUNS }).values();
      const until = performance.now() + TIME_LIMIT_MS;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const each of attacks) if (performance.now() < until) await assault(server.port, each);
        }),
      );
      const response = await fetch(`${server.url}/echo?alive=yes`, { headers: { cookie: "a=1" } });
      expect([response.status, await response.json()]).toEqual([200, [{ alive: "yes" }, "1", false]]);
      expect(lines.filter(({ level }) => level === "error")).toEqual([]);
    },
    2 * TIME_LIMIT_MS,
  );
});
