import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { ApiMethod } from "../api/api-method.ts";
import type { Api } from "../api/define-api.ts";
import type { ErrorSchemaOf } from "../api/declared-errors.ts";
import type { Func } from "../func/func.ts";
import type { EventStream } from "../http/event-stream/event-stream.ts";
import type { ServerSentEvent } from "../http/event-stream/encode-event.ts";
import type { Wire } from "./wire.ts";
import type { WireInput } from "./wire-input.ts";

/**
 * What callers of an API send and get, by its methods, as it is on the wire: the type of an endpoint for a typed client.
 *
 * @example
 * ```ts
 * import { defineApi, type ApiContract } from "@x/server";
 *
 * const list = defineApi({ method: "GET", handler: () => [{ id: 1, at: new Date() }] });
 *
 * export interface Contract {
 *   "orders/list": ApiContract<typeof list>;
 * }
 *
 * const orders: Contract["orders/list"]["GET"]["data"] = [{ id: 1, at: "2026-01-01T00:00:00.000Z" }];
 * ```
 */
export type ApiContract<Definition> =
  IsAny<Definition> extends true
    ? Record<ApiMethod, { data: unknown; query?: object; body?: unknown }>
    : Definition extends Api<infer Result, infer Types>
      ? { [Method in Types["method"]]: Endpoint<Result, Types, Method> }
      : Definition extends Func<infer Result>
        ? { POST: { data: WireData<Awaited<Result>>; body?: object } }
        : never;

/** What TypeScript makes of a file that it cannot read. */
type IsAny<Value> = 0 extends 1 & Value ? true : false;

type Endpoint<Result, Types, Method> = Types extends {
  readonly schema: infer Schema;
  readonly errors: infer Errors;
  readonly reads: infer Reads;
  readonly writes: infer Writes;
}
  ? Flat<
      { data: WireData<Awaited<Result>> } & WireInput<Schema, Method> &
        (IsNamed<keyof Errors> extends true ? { errors: WireErrors<Errors> } : unknown) &
        (Reads extends readonly string[] ? { reads: Reads } : unknown) &
        (Writes extends readonly string[] ? { writes: Writes } : unknown)
    >
  : never;

/** Whether there are errors, and it is known which. */
type IsNamed<Codes> = [Codes] extends [never] ? false : string extends Codes ? false : true;

/** The data of each declared error, as its schema gives them out. */
type WireErrors<Errors> = {
  [Code in keyof Errors & string]: ErrorSchemaOf<Errors[Code]> extends infer Schema extends StandardSchemaV1
    ? Wire<StandardSchemaV1.InferOutput<Schema>>
    : undefined;
};

/** What a client reads of a response; of a stream, one message. */
type WireData<Result> = unknown extends Result
  ? unknown
  : Result extends void
    ? undefined
    : Result extends Response
      ? WireEvent<Result>
      : Result extends Blob | ArrayBuffer | ArrayBufferView
        ? Blob
        : Result extends AsyncIterable<infer Message>
          ? WireMessage<Message>
          : Wire<Result>;

/** A `Response` may hold anything; one of `eventStream` says what. */
type WireEvent<Result> =
  Result extends EventStream<infer Event>
    ? unknown extends Event
      ? unknown
      : WireEventData<Event>
    : unknown;

type WireEventData<Event> = Event extends ServerSentEvent
  ? Event extends { readonly data: infer Data }
    ? Wire<Data>
    : "data" extends keyof Event
      ? unknown
      : ""
  : never;

type WireMessage<Message> = Message extends string | ArrayBufferView ? string : Wire<Message>;

type Flat<Value> = { [Key in keyof Value]: Value[Key] };
