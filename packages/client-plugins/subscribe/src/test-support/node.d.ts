// The little of Node and of `ws` that the tests touch. The package is typed without Node, so that no source relies on it.
declare module "node:http" {
  export interface IncomingMessage extends AsyncIterable<Uint8Array> {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string | undefined>>;
  }

  export interface ServerResponse {
    writeHead(status: number, headers?: Readonly<Record<string, string | number>>): ServerResponse;
    write(chunk: string | Uint8Array, flushed?: () => void): boolean;
    end(chunk?: string | Uint8Array): void;
    destroy(): void;
    once(event: "close", listener: () => void): void;
  }

  export interface Server {
    listen(port: number, host: string, listening: () => void): void;
    address(): { readonly port: number };
    close(closed: () => void): void;
    closeAllConnections(): void;
  }

  export function createServer(
    listener: (request: IncomingMessage, response: ServerResponse) => unknown,
  ): Server;
}

declare module "ws" {
  import type { IncomingMessage, Server } from "node:http";

  export interface ServerSocket {
    send(data: string | Uint8Array, sent?: () => void): void;
    close(code?: number, reason?: string): void;
    terminate(): void;
    on(event: "message", listener: (data: { toString(): string }) => void): void;
    on(event: "close", listener: () => void): void;
  }

  export class WebSocketServer {
    constructor(options: {
      readonly server: Server;
      readonly verifyClient?: (
        info: { readonly req: IncomingMessage },
        decide: (accepted: boolean, status?: number) => void,
      ) => void;
      readonly handleProtocols?: (protocols: Set<string>) => string | false;
    });
    on(event: "connection", listener: (socket: ServerSocket, request: IncomingMessage) => void): void;
    close(): void;
  }
}
