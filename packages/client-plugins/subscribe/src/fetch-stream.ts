import type { ConnectionHandlers, SubscriptionAdapter } from "@x/client/subscribe";
import { createLineSplitter } from "./line-splitter.ts";
import { openStream, readStream } from "./stream.ts";

/** How the body of a response becomes messages. */
export type StreamFormat = "ndjson" | "lines" | "text" | "bytes";

/** Options of `fetchStream`. */
export interface FetchStreamOptions {
  /**
   * `ndjson`: each line is JSON. `lines`: each line is a message. `text`, `bytes`: as it comes, in pieces. Empty lines are
   * none. Default: `ndjson`.
   */
  readonly format?: StreamFormat | undefined;
  /** How long a line may be, in characters. A longer one ends the subscription. Default: 1,048,576. */
  readonly maxLineLength?: number | undefined;
}

const DEFAULT_MAX_LINE_LENGTH = 2 ** 20;

/** What is told of the pieces of a body, and of its end. */
interface Reading {
  chunk(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Subscribes to the body of a response, by the client's own transport. When that has ended, so has the subscription; when
 * it is cut off, it is connected to again.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { createSubscription } from "@x/client/subscribe";
 * import { fetchStream } from "@x/client-subscribe";
 *
 * const client = createClient({ baseUrl: "/api" });
 * const answer = createSubscription(client, "answers", {
 *   adapter: fetchStream({ format: "text" }),
 *   method: "POST",
 *   body: { question: "Why?" },
 *   accumulate: (text: string | undefined, piece: unknown) => `${text ?? ""}${String(piece)}`,
 * });
 * answer.subscribe(() => console.log(answer.getSnapshot().data));
 * answer.mount();
 * ```
 */
export function fetchStream(options: FetchStreamOptions = {}): SubscriptionAdapter {
  const { format = "ndjson", maxLineLength = DEFAULT_MAX_LINE_LENGTH } = options;
  return {
    name: `fetch-stream ${format}`,
    headers:
      format === "ndjson" ? { accept: "application/x-ndjson, application/jsonl;q=0.9, */*;q=0.1" } : {},

    async connect(request, handlers, signal) {
      const { response, stream } = await openStream(request, signal);
      if (stream) {
        const reading = createReading(format, maxLineLength, handlers);
        readStream(stream, signal, (chunk) => reading.chunk(chunk))
          .then(() => {
            reading.end();
            handlers.onClose();
          })
          .catch(handlers.onError);
      } else handlers.onClose();
      return response;
    },
  };
}

function createReading(format: StreamFormat, maxLineLength: number, handlers: ConnectionHandlers): Reading {
  if (format === "bytes") return { chunk: (chunk) => handlers.onMessage(chunk), end() {} };
  const decoder = new TextDecoder();
  const { feed, end } = textReading(format, maxLineLength, handlers);
  return {
    chunk: (chunk) => feed(decoder.decode(chunk, { stream: true })),
    end() {
      // Half a character may be left over.
      feed(decoder.decode());
      end();
    },
  };
}

function textReading(
  format: Exclude<StreamFormat, "bytes">,
  maxLineLength: number,
  handlers: ConnectionHandlers,
): { feed(text: string): void; end(): void } {
  if (format === "text")
    return {
      feed(text) {
        if (text !== "") handlers.onMessage(text);
      },
      end() {},
    };
  return createLineSplitter(maxLineLength, (line) => {
    if (format === "lines") return handlers.onMessage(line);
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch (cause) {
      return handlers.onInvalidMessage(cause);
    }
    handlers.onMessage(message);
  });
}
