// The little of Node that the tests touch. The package is typed without Node, so that no source relies on it.
declare module "node:http" {
  export interface IncomingMessage extends AsyncIterable<Uint8Array> {
    readonly method: string;
    readonly headers: Readonly<Record<string, string | undefined>>;
  }

  export interface ServerResponse {
    writeHead(status: number, headers?: Readonly<Record<string, string | number>>): ServerResponse;
    write(chunk: string | Uint8Array, flushed?: () => void): boolean;
    end(chunk?: string | Uint8Array): void;
    destroy(): void;
  }

  interface Server {
    listen(port: number, host: string, listening: () => void): void;
    address(): { readonly port: number };
    close(closed: () => void): void;
    closeAllConnections(): void;
  }

  export function createServer(
    listener: (request: IncomingMessage, response: ServerResponse) => unknown,
  ): Server;
}

declare module "node:zlib" {
  export function gzipSync(data: string): Uint8Array;
}
