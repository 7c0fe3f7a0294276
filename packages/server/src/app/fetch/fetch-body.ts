import { HttpError, isHttpError } from "../../errors.ts";
import { BODY_SOURCE, type BodySource } from "../../http/body-source.ts";
import { collectBytes, toByteStream } from "../../http/params/read-bytes.ts";

/** The body of a `Request`, read when somebody asks for it. */
export class FetchBody implements BodySource {
  readonly [BODY_SOURCE] = true;
  readonly #source: ReadableStream<Uint8Array>;

  constructor(source: ReadableStream<Uint8Array>) {
    this.#source = source;
  }

  async bytes(maxBytes: number): Promise<Uint8Array> {
    try {
      return await collectBytes(this.#source, maxBytes);
    } catch (error) {
      throw isHttpError(error) || this.#source.locked ? error : toBrokenBody(error);
    }
  }

  stream(maxBytes: number): ReadableStream<Uint8Array> {
    return toByteStream(this.#source, maxBytes);
  }
}

/** What a runtime's stream fails with when the client leaves is different in each. */
function toBrokenBody(cause: unknown): HttpError {
  return new HttpError({
    statusCode: 400,
    code: "CLIENT_GONE",
    message: "the body broke off",
    cause,
  });
}
