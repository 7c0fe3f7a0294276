import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** A connection on which a test writes what it likes. */
export interface RawSocket {
  readonly socket: Socket;
  /** All that has come so far. */
  readonly received: string;
  write(text: string | Uint8Array): void;
  /** Waits until what has come matches. */
  until(pattern: RegExp): Promise<string>;
  /** Waits until the server closes the connection, and gives all that has come. */
  closed(): Promise<string>;
}

/** Connects to a server on this machine. */
export async function openSocket(port: number): Promise<RawSocket> {
  const socket = connect({ port, host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  let received = "";
  let failure: unknown;
  const listeners = new Set<() => void>();
  const notify = () => listeners.forEach((listener) => listener());
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    received += text;
    notify();
  });
  socket.on("error", (error) => (failure = error));
  socket.on("close", notify);
  await once(socket, "connect");

  const waitFor = (isThere: () => boolean) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (isThere()) resolve(received);
        else if (socket.closed)
          reject(new Error(`closed after ${JSON.stringify(received)}`, { cause: failure }));
        else return;
        listeners.delete(look);
      };
      listeners.add(look);
      look();
    });
  return {
    socket,
    get received() {
      return received;
    },
    write: (data) => void socket.write(data),
    until: (pattern) => waitFor(() => pattern.test(received)),
    closed: () => waitFor(() => socket.closed),
  };
}

/** Sends bytes, and gives all that comes until the server closes the connection. */
export async function sendRaw(port: number, data: string | Uint8Array): Promise<string> {
  const socket = await openSocket(port);
  socket.write(data);
  return socket.closed();
}
