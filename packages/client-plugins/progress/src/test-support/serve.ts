import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A request as the server at the other end of the wire got it. */
export interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: Uint8Array;
}

/** Starts a server that stops when the current test ends, and gives its origin and what it has received. */
export async function serve(
  answer: (response: ServerResponse, received: Received) => void,
): Promise<{ readonly origin: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    try {
      for await (const chunk of incoming) chunks.push(new Uint8Array(chunk));
    } catch {
      return;
    }
    const body = new Uint8Array(await new Blob(chunks).arrayBuffer());
    received.push({ headers: incoming.headers, body });
    answer(response, { headers: incoming.headers, body });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { origin: `http://127.0.0.1:${server.address().port}`, received };
}
