import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A request as the server at the other end of the wire got it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A real server on a free port of this machine. */
export interface TestServer {
  readonly server: Server;
  readonly origin: string;
  readonly received: readonly Received[];
  /** How many responses are still being written to somebody. */
  open(): number;
}

/** Starts a server that stops when the current test ends. It answers with each of the answers in turn. */
export async function serve(...answers: ((response: ServerResponse) => void)[]): Promise<TestServer> {
  const received: Received[] = [];
  let open = 0;
  const server = createServer(async (incoming, response) => {
    const { method, url, headers } = incoming;
    let body = "";
    const decoder = new TextDecoder();
    for await (const chunk of incoming) body += decoder.decode(chunk, { stream: true });
    open += 1;
    response.once("close", () => (open -= 1));
    received.push({ method, url, headers, body });
    const answer = answers[received.length - 1];
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { server, origin: `http://127.0.0.1:${server.address().port}`, received, open: () => open };
}
