import { InvocationData } from "../func/invocation-data.ts";
import type { InvocationContext } from "../func/invocation-context.ts";
import type { SignalSource } from "../func/signal-source.ts";
import type { Cookies, FuncConfig, HttpEvent, HttpFields, Session } from "../types.ts";
import type { HttpSettings } from "./config/http-settings.ts";
import { Exchange } from "./exchange.ts";
import { isNodeStream } from "./reply/node-stream.ts";

/**
 * The `data` of a function behind HTTP. All but `params` works from the start, also in plugins that run before `http`,
 * and costs nothing until it is read.
 */
export class HttpData extends InvocationData implements HttpFields {
  params: unknown = undefined;
  readonly #settings: HttpSettings;
  #exchange: Exchange | undefined;

  constructor(
    event: unknown,
    context: InvocationContext,
    config: FuncConfig,
    signalSource: SignalSource | undefined,
    settings: HttpSettings,
  ) {
    super(event, context, config, signalSource);
    this.#settings = settings;
  }

  static settingsOf(data: HttpData): HttpSettings {
    return data.#settings;
  }

  /** Tells whether anything was done to the reply. */
  static isTouched(data: HttpData): boolean {
    return data.#exchange !== undefined;
  }

  static exchangeOf(data: HttpData): Exchange {
    return data.#open();
  }

  get cookie(): Cookies {
    return this.#open().cookies;
  }

  get session(): Session {
    return this.#open().session;
  }

  get setHeader(): HttpFields["setHeader"] {
    return this.#open().draft.setHeader;
  }

  get setContentType(): HttpFields["setContentType"] {
    return this.#open().draft.setContentType;
  }

  get setStatusCode(): HttpFields["setStatusCode"] {
    return this.#open().draft.setStatusCode;
  }

  get setBody(): HttpFields["setBody"] {
    return this.#open().draft.setBody;
  }

  override get response(): unknown {
    return super.response;
  }

  // Between the handler's return and the reply, plugins may take their time.
  override set response(value: unknown) {
    // A stream of Node that fails while nobody listens ends the process; whoever reads it later learns of it anyway.
    if (typeof value === "object" && value !== null && isNodeStream(value)) value.on("error", ignore);
    super.response = value;
  }

  #open(): Exchange {
    // What `invoke` is given may lack every part of an HTTP event.
    return (this.#exchange ??= new Exchange(this.event as Partial<HttpEvent>, this.#settings));
  }
}

function ignore(): void {}
