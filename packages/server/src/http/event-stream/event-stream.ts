import { encodeEvent, type ServerSentEvent } from "./encode-event.ts";

/** Options of `eventStream`. */
export interface EventStreamOptions {
  /** Ends the stream. Give it `data.signal`, so that nothing goes on once the client is gone or time is up. */
  readonly signal?: AbortSignal | undefined;
  /** How often a comment keeps the connection from being taken for dead while no event comes; 0 for never. Default: 15,000. */
  readonly heartbeatMs?: number | undefined;
}

declare const EVENT: unique symbol;

/** A response of server-sent events, whose type tells which. */
export interface EventStream<Event = ServerSentEvent> extends Response {
  /** There is none: it is where types keep the event's. */
  readonly [EVENT]?: Event;
}

const HEARTBEAT_MS = 15_000;
const COMMENT = ":\n\n";

/**
 * Makes a response of server-sent events. The source is asked for an event when the client has taken the last one; when
 * the client leaves, it is ended by its `return()`.
 *
 * @example
 * ```ts
 * import { defineApi, eventStream } from "@x/server";
 *
 * export default defineApi({
 *   method: "GET",
 *   handler({ signal }) {
 *     async function* ticks() {
 *       for (let count = 1; count <= 3; count += 1) yield { event: "tick", data: { count }, id: String(count) };
 *     }
 *     return eventStream(ticks(), { signal });
 *   },
 * });
 * ```
 */
export function eventStream<const Event extends ServerSentEvent>(
  source: AsyncIterable<Event>,
  { signal, heartbeatMs = HEARTBEAT_MS }: EventStreamOptions = {},
): EventStream<Event> {
  return new Response(
    new ReadableStream(new EventSourceStream(source, signal, heartbeatMs), { highWaterMark: 0 }),
    {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        // Proxies of the nginx kind hold back what they take for a document.
        "x-accel-buffering": "no",
      },
    },
  );
}

class EventSourceStream implements UnderlyingDefaultSource<Uint8Array> {
  readonly #iterator: AsyncIterator<ServerSentEvent>;
  readonly #signal: AbortSignal | undefined;
  readonly #heartbeatMs: number;
  readonly #encoder = new TextEncoder();
  #timer: ReturnType<typeof setInterval> | undefined;
  #onAbort: (() => void) | undefined;
  #ended = false;

  constructor(source: AsyncIterable<ServerSentEvent>, signal: AbortSignal | undefined, heartbeatMs: number) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#signal = signal;
    this.#heartbeatMs = heartbeatMs;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    // The client learns at once that it is connected, however late the first event.
    controller.enqueue(this.#encoder.encode(COMMENT));
    const onAbort = () => {
      if (this.#ended) return;
      void this.#end();
      controller.close();
    };
    this.#onAbort = onAbort;
    this.#signal?.addEventListener("abort", onAbort);
    if (this.#signal?.aborted) onAbort();
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    // From the first time that somebody reads: a stream that nobody reads must leave no timer behind.
    if (this.#heartbeatMs > 0) this.#timer ??= setInterval(() => this.#beat(controller), this.#heartbeatMs);
    try {
      const { done, value } = await this.#iterator.next();
      if (this.#ended) return;
      if (!done) return controller.enqueue(this.#encoder.encode(encodeEvent(value)));
      this.#release();
      controller.close();
    } catch (error) {
      if (this.#ended) return;
      controller.error(error);
      await this.#end();
    }
  }

  cancel(): Promise<void> {
    return this.#end();
  }

  #beat(controller: ReadableStreamDefaultController<Uint8Array>): void {
    // A client that does not read needs no more to read.
    if ((controller.desiredSize ?? -1) >= 0) controller.enqueue(this.#encoder.encode(COMMENT));
  }

  async #end(): Promise<void> {
    this.#release();
    try {
      await this.#iterator.return?.();
    } catch {
      // It was to end, and has.
    }
  }

  #release(): void {
    this.#ended = true;
    clearInterval(this.#timer);
    if (this.#onAbort) this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}
