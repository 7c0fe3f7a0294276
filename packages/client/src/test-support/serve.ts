import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A request as a server on the other end of a wire received it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Answers a request whose body has arrived. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

/** A real server on a free port, and all that it has received. */
export interface TestServer {
  readonly origin: string;
  readonly received: readonly ReceivedRequest[];
  /** Resolves with the next request to arrive, before it is answered. */
  nextRequest(): Promise<ReceivedRequest>;
  /** Stops the server before the test ends. */
  stop(): Promise<void>;
}

/** Starts a server that stops when the current test ends. Without an answer it says nothing to anybody. */
export async function serve(answer: Answer = () => {}): Promise<TestServer> {
  const received: ReceivedRequest[] = [];
  const waiting: ((request: ReceivedRequest) => void)[] = [];
  const server = createServer(async (incoming, response) => {
    const { method, url, headers } = incoming;
    const request = { method, url, headers, body: await readAll(incoming) };
    received.push(request);
    for (const tell of waiting.splice(0)) tell(request);
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  onTestFinished(stop);
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    received,
    stop,
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

/** An answer with a body and its content type, and the length that Node gives it. */
export function answerWith(body: string | Uint8Array, contentType: string, status = 200): Answer {
  return (response) => response.writeHead(status, { "content-type": contentType }).end(body);
}

async function readAll(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  // A body that is cut off is received as far as it came.
  try {
    for await (const chunk of incoming) chunks.push(new Uint8Array(chunk));
  } catch {}
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
