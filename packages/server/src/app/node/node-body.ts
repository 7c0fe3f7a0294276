import type { IncomingMessage } from "node:http";
import { HttpError } from "../../errors.ts";
import { BODY_SOURCE, type BodySource } from "../../http/body-source.ts";
import { tooLarge } from "../../http/params/read-bytes.ts";

/** The body of a request of `node:http`, read when somebody asks for it. */
export class NodeBody implements BodySource {
  readonly [BODY_SOURCE] = true;
  /** Whether the rest of the body is nothing that the connection should wait for. */
  abandoned = false;
  readonly #request: IncomingMessage;
  readonly #onRead: () => void;
  /** Ends the reading that is under way. */
  #fail: ((error: Error) => void) | undefined;

  /** `onRead` is told before the first byte is waited for. */
  constructor(request: IncomingMessage, onRead: () => void) {
    this.#request = request;
    this.#onRead = onRead;
  }

  /** Whether somebody waits for the client. */
  get reading(): boolean {
    return this.#fail !== undefined;
  }

  bytes(maxBytes: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = [];
      const onChunk = (chunk: Uint8Array): void => void chunks.push(chunk);
      const onEnd = (): void => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
      this.#read(maxBytes, onChunk, onEnd, reject);
    });
  }

  stream(maxBytes: number): ReadableStream<Uint8Array> {
    const request = this.#request;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const onChunk = (chunk: Uint8Array): void => {
            controller.enqueue(chunk);
            if ((controller.desiredSize ?? 0) <= 0) request.pause();
          };
          const onEnd = (): void => controller.close();
          const onError = (error: Error): void => controller.error(error);
          this.#read(maxBytes, onChunk, onEnd, onError);
        },
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

  #read(
    maxBytes: number,
    onChunk: (chunk: Uint8Array) => void,
    onEnd: () => void,
    onError: (error: Error) => void,
  ): void {
    const request = this.#request;
    if (this.#fail || request.readableEnded) return onError(new TypeError("the body was read already"));
    if (request.destroyed) return onError(clientGone());
    // The listeners stay: what comes once this is over, `close` always, finds nothing to do.
    const fail = (error: Error): void => {
      if (this.#fail !== fail) return;
      this.#abandon();
      onError(error);
    };
    this.#fail = fail;
    if (Number(request.headers["content-length"]) > maxBytes) return fail(tooLarge(maxBytes));
    this.#onRead();
    let left = maxBytes;
    request
      .on("data", (chunk: Uint8Array) => {
        left -= chunk.length;
        if (left < 0) fail(tooLarge(maxBytes));
        else if (this.#fail) onChunk(chunk);
      })
      .on("end", () => {
        if (!this.#fail) return;
        this.#fail = undefined;
        onEnd();
      })
      .on("close", () => this.#fail?.(clientGone()));
  }

  /** What still arrives is thrown away. */
  #abandon(): void {
    this.#fail = undefined;
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
