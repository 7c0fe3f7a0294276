import { connect, type Socket } from "node:net";
import { ResponseReader, type WireResponse } from "./response-reader.ts";

const CLOSED = "the connection is closed";

interface Waiting {
  resolve(response: WireResponse): void;
  reject(error: Error): void;
}

/** A connection that is kept alive and has one request under way at most. */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  #waiting: Waiting | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (piece: Buffer) => {
      const response = this.#reader.push(piece);
      if (response) this.#waiting?.resolve(response);
    });
    socket.on("error", (error) => this.#waiting?.reject(error));
    socket.on("close", () => this.#waiting?.reject(new Error(CLOSED)));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** Sends the bytes of a request as they are. */
  send(request: Uint8Array): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error(CLOSED));
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  /** A response that is still waited for comes no more. */
  close(): void {
    this.#socket.destroy();
  }
}
