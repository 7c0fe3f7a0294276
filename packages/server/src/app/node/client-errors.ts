import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** What the parser says of bytes that are no request. Anything else is a 400. */
const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answers what is no request, and closes the connection. */
export function answerClientErrors(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The peer is gone, or a response is under way that a second one would only garble.
    if (!socket.writable || error.code === "ECONNRESET" || isAnswering(socket)) return void socket.destroy();
    const status = STATUS_LINES[error.code ?? ""] ?? "400 Bad Request";
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    // Whoever goes on sending is not listened to.
    socket.once("finish", () => socket.destroy());
  });
}

/** Node keeps the response of a socket in a field of its own, as its own handler of such errors does. */
function isAnswering(socket: Duplex & { readonly _httpMessage?: { readonly headersSent?: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}
