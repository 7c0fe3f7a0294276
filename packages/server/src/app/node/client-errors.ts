import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** What the parser says of bytes that are no request. Anything else is a 400. */
const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answers what is no request, and closes the connection. `sending` are the sockets with a reply under way. */
export function answerClientErrors(server: Server, sending: WeakSet<Duplex>): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The peer is gone, or another answer would only garble the one that it is reading.
    const isLost = !socket.writable || error.code === "ECONNRESET" || sending.has(socket);
    if (isLost) return void socket.destroy();
    const status = STATUS_LINES[error.code ?? ""] ?? "400 Bad Request";
    // Whoever goes on sending is not listened to.
    socket.once("finish", () => socket.destroy());
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
}
