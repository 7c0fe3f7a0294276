import { ServerError } from "../../errors.ts";
import type { HttpFields } from "../../types.ts";
import { createHeaders, toHeaderName, toHeaderValue } from "./header-rules.ts";

/** What `setBody` takes. */
export type ReplyBody = Parameters<HttpFields["setBody"]>[0];

const TEXT_TYPE = /^(?:text\/|application\/(?:javascript|xml)$|[^;]*\+xml$)/i;

/** What plugins and the handler have said of the reply so far. Its functions work without their object. */
export class ReplyDraft {
  status: number | undefined;
  /** By name in lower case. `undefined` keeps a default from being sent. */
  readonly headers = createHeaders<string | string[] | undefined>();
  /** `undefined`: nothing is said of it, and the response's value is the body. */
  body: ReplyBody | undefined;

  readonly setStatusCode: HttpFields["setStatusCode"] = (statusCode) => {
    if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599)
      throw new ServerError(
        "INVALID_REPLY",
        `setStatusCode takes a whole number from 200 to 599, not ${String(statusCode)}`,
      );
    this.status = statusCode;
  };

  readonly setHeader: HttpFields["setHeader"] = (name, value) => {
    const key = toHeaderName(name);
    if (value === undefined) {
      this.headers[key] = undefined;
      return;
    }
    const checked = toHeaderValue(key, value);
    this.headers[key] = key === "set-cookie" ? [this.headers[key] ?? [], checked].flat() : checked;
  };

  readonly setContentType: HttpFields["setContentType"] = (type, charset) => {
    const suffix = charset ?? (TEXT_TYPE.test(type) && !type.includes(";") ? "utf-8" : undefined);
    this.setHeader("content-type", suffix === undefined ? type : `${type}; charset=${suffix}`);
  };

  readonly setBody: HttpFields["setBody"] = (body) => {
    const isBody =
      body === null ||
      typeof body === "string" ||
      body instanceof Uint8Array ||
      body instanceof ReadableStream;
    if (!isBody)
      throw new ServerError(
        "INVALID_REPLY",
        "setBody takes text, bytes, a stream or null: return other values from the handler",
      );
    this.body = body;
  };
}
