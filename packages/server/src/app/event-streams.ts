import { mediaTypeOf } from "../http/params/media-type.ts";
import type { HttpReply } from "../http/http-reply.ts";
import { isStream } from "./is-stream.ts";

/**
 * The streams of server-sent events that are under way. They last as long as their clients stay, so that waiting for
 * their end would take all the time that other requests are given; and their clients come again by themselves.
 */
export class EventStreams {
  readonly #ends = new Set<() => void>();
  #closed = false;

  /** The same reply, whose events end when this is closed. `abort` is told before; other replies stay as they are. */
  keep(reply: HttpReply, abort: (reason: DOMException) => void): HttpReply {
    const { headers, body } = reply;
    const type = headers["content-type"];
    if (!isStream(body) || typeof type !== "string" || mediaTypeOf(type) !== "text/event-stream")
      return reply;
    return { ...reply, body: this.#watch(body, abort) };
  }

  /** Ends them all, and those that are yet to come. */
  close(): void {
    this.#closed = true;
    for (const end of [...this.#ends]) end();
  }

  #watch(
    source: ReadableStream<Uint8Array>,
    abort: (reason: DOMException) => void,
  ): ReadableStream<Uint8Array> {
    const reader = source.getReader();
    let end: () => void;
    let ended = false;
    const forget = (): void => {
      ended = true;
      this.#ends.delete(end);
    };
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          end = () => {
            forget();
            const reason = new DOMException("the server is closing", "AbortError");
            abort(reason);
            controller.close();
            // What a source fails with that nobody reads any more is no news.
            reader.cancel(reason).catch(() => {});
          };
          if (this.#closed) end();
          else this.#ends.add(end);
        },
        async pull(controller) {
          try {
            const { done, value } = await reader.read();
            if (ended) return;
            if (!done) return controller.enqueue(value);
            controller.close();
          } catch (error) {
            if (ended) return;
            controller.error(error);
          }
          forget();
        },
        cancel(reason) {
          forget();
          return reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }
}
