import { ClientError } from "@x/client";
import type { ConnectionHandlers, SubscriptionAdapter } from "@x/client/subscribe";
import { createParser, type EventSourceParser } from "eventsource-parser";
import { openStream, readStream, tooLarge } from "./stream.ts";

/** Options of `serverSentEvents`. */
export interface ServerSentEventsOptions {
  /** Makes a message of the data of an event. One that throws leaves the event out. Default: `JSON.parse`. */
  readonly parse?: ((data: string, event: string | undefined) => unknown) | undefined;
  /** The names of the events that are messages; those without a name are called `message`. Default: all. */
  readonly events?: readonly string[] | undefined;
  /** How long an event may be, in characters. A longer one ends the subscription. Default: 1,048,576. */
  readonly maxEventLength?: number | undefined;
}

const DEFAULT_MAX_EVENT_LENGTH = 2 ** 20;

/**
 * Subscribes to server-sent events (HTML, section 9.2), by the client's own transport: headers, plugins and any method
 * apply. When the server ends the stream, it is connected to again; with status 204 it ends the subscription.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { createSubscription } from "@x/client/subscribe";
 * import { serverSentEvents } from "@x/client-subscribe";
 *
 * const client = createClient({ baseUrl: "/api", headers: { authorization: "Bearer …" } });
 * const news = createSubscription(client, "news", { adapter: serverSentEvents({ events: ["story"] }) });
 * news.subscribe(() => console.log(news.getSnapshot().data));
 * news.mount();
 * ```
 */
export function serverSentEvents(options: ServerSentEventsOptions = {}): SubscriptionAdapter {
  const { events, maxEventLength = DEFAULT_MAX_EVENT_LENGTH } = options;
  return {
    name: `server-sent-events ${events?.join() ?? ""}`,
    headers: { accept: "text/event-stream", "cache-control": "no-cache" },

    async connect(request, handlers, signal) {
      const { response, stream } = await openStream(request, signal);
      if (response.status === 204) handlers.onClose();
      else if (stream) {
        const type = response.headers?.["content-type"] ?? "";
        if (!/^text\/event-stream\b/i.test(type)) {
          await stream.cancel();
          throw unexpectedType(type);
        }
        const decoder = new TextDecoder();
        const parser = createEventParser(options, maxEventLength, handlers);
        readStream(stream, signal, (chunk) => parser.feed(decoder.decode(chunk, { stream: true })))
          // A server that restarts ends its streams as well, so that the end of one means nothing.
          .then(() => handlers.onError(new Error("the server ended the stream")))
          .catch(handlers.onError);
      }
      return response;
    },
  };
}

function createEventParser(
  { parse = (data) => JSON.parse(data) as unknown, events }: ServerSentEventsOptions,
  maxBufferSize: number,
  handlers: ConnectionHandlers,
): Pick<EventSourceParser, "feed"> {
  /** The id of an event that may turn out to be no message. */
  let idAlone: string | undefined;
  const parser = createParser({
    maxBufferSize,
    onId(id) {
      idAlone = id;
    },
    onEvent({ data, event, id }) {
      if (events && !events.includes(event ?? "message")) return;
      try {
        handlers.onMessage(parse(data, event), { id, event });
        idAlone = undefined;
      } catch (cause) {
        handlers.onInvalidMessage(cause);
      }
    },
    onRetry: (delayMs) => handlers.onRetryDelay(delayMs),
    onError({ type }) {
      if (type === "max-buffer-size-exceeded") throw tooLarge(maxBufferSize);
    },
  });
  return {
    feed(text) {
      parser.feed(text);
      if (idAlone !== undefined) handlers.onEventId(idAlone);
      idAlone = undefined;
    },
  };
}

function unexpectedType(type: string): ClientError {
  return new ClientError(
    "UNEXPECTED_CONTENT_TYPE",
    `the server answered with "${type}" where it should with "text/event-stream"`,
  );
}
