import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWK } from "jose";

/** An issuer that publishes its keys on the loopback. */
export interface JwksServer {
  readonly url: string;
  /** How often the keys were asked for. */
  readonly fetches: number;
  /** What it answers from now on: keys, another status, some text, or nothing at all. */
  reply(answer: readonly JWK[] | number | string | "never"): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Serves keys on a free port. */
export async function serveJwks(initial: readonly JWK[]): Promise<JwksServer> {
  let answer: readonly JWK[] | number | string = initial;
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    if (answer === "never") return;
    if (typeof answer === "number") {
      response.writeHead(answer).end();
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(typeof answer === "string" ? answer : JSON.stringify({ keys: answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port, not on a socket of the file system.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/jwks.json`,
    get fetches() {
      return fetches;
    },
    reply: (next) => {
      answer = next;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
