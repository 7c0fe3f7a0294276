import type { IncomingMessage } from "node:http";
import { HttpError } from "../../errors.ts";
import { BODY_SOURCE, type BodySource } from "../../http/body-source.ts";
import { tooLarge } from "../../http/params/read-bytes.ts";

/** What happens to a body in the order in which it happens. */
interface BodyReader {
  onChunk(chunk: Uint8Array): void;
  onEnd(): void;
  onError(error: Error): void;
}

/** The body of a request of `node:http`, read when somebody asks for it. */
export class NodeBody implements BodySource {
  readonly [BODY_SOURCE] = true;
  /** Whether the rest of the body is nothing that the connection should wait for. */
  abandoned = false;
  readonly #request: IncomingMessage;
  readonly #onRead: () => void;
  #fail: ((error: Error) => void) | undefined;

  /** `onRead` is told before the first byte is waited for. */
  constructor(request: IncomingMessage, onRead: () => void) {
    this.#request = request;
    this.#onRead = onRead;
  }

  bytes(maxBytes: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      this.#read(maxBytes, {
        onChunk: (chunk) => {
          chunks.push(chunk);
          size += chunk.length;
        },
        onEnd: () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)),
        onError: reject,
      });
    });
  }

  stream(maxBytes: number): ReadableStream<Uint8Array> {
    const request = this.#request;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) =>
          this.#read(maxBytes, {
            onChunk: (chunk) => {
              controller.enqueue(chunk);
              if ((controller.desiredSize ?? 0) <= 0) request.pause();
            },
            onEnd: () => controller.close(),
            onError: (error) => controller.error(error),
          }),
        pull: () => void request.resume(),
        cancel: () => this.#abandon(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
    );
  }

  /** Ends the reading of a body that takes too long. */
  expire(): void {
    const message = "the body did not arrive in time";
    this.#fail?.(new HttpError({ statusCode: 408, code: "BODY_TIMEOUT", message }));
  }

  #read(maxBytes: number, reader: BodyReader): void {
    const request = this.#request;
    let left = maxBytes;
    const stop = (): void => {
      this.#fail = undefined;
      request.off("data", onData).off("end", onEnd).off("close", onClose);
    };
    const fail = (error: Error): void => {
      stop();
      this.#abandon();
      reader.onError(error);
    };
    const onData = (chunk: Uint8Array): void => {
      left -= chunk.length;
      if (left < 0) fail(tooLarge(maxBytes));
      else reader.onChunk(chunk);
    };
    const onEnd = (): void => {
      stop();
      reader.onEnd();
    };
    const onClose = (): void => fail(clientGone());

    if (this.#fail || request.readableEnded)
      return reader.onError(new TypeError("the body was read already"));
    if (request.destroyed) return reader.onError(clientGone());
    this.#fail = fail;
    if (Number(request.headers["content-length"]) > maxBytes) return fail(tooLarge(maxBytes));
    this.#onRead();
    request.on("data", onData).on("end", onEnd).on("close", onClose);
  }

  /** What still arrives is thrown away. */
  #abandon(): void {
    this.abandoned = true;
    this.#request.resume();
  }
}

/** Nobody reads this: it ends what waits for the rest. */
function clientGone(): HttpError {
  return new HttpError({
    statusCode: 400,
    code: "CLIENT_GONE",
    message: "the client left before the end of the body",
  });
}
