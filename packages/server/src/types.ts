import type { StandardSchemaV1 } from "@standard-schema/spec";

/** Where a function runs: behind HTTP, or as a background job. */
export type Runtime = "api" | "job";

/** Runs the rest of the chain. A hook calls it once and awaits it, or not at all to answer early. */
export type Next = () => Promise<void>;

/**
 * Fields that plugins put on `data`, by name. Augment it from your plugin:
 * `declare module "@x/server" { interface DefineApiInject { current_user?: User | null } }`. It holds for every function,
 * also for one whose configuration turns the plugin off.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface DefineApiInject {}

/** Writes one line. Fields come first where there are any, then a message with `%s`, `%d` and `%o`. */
export interface LogMethod {
  (message: string, ...values: unknown[]): void;
  (fields: object, message?: string, ...values: unknown[]): void;
}

/** What the server logs through. A pino logger is one. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  /** A logger whose lines carry these fields as well. */
  child(fields: Readonly<Record<string, unknown>>): Logger;
}

/** What the framework knows of one invocation. Plugins read it and put their own fields on `data` instead. */
export interface InvokeContext {
  /** Set by the framework; an assignment throws. */
  readonly runtime: Runtime;
  /** The id that logs and opaque errors carry: the caller's, or a new one. */
  readonly requestId: string;
  /** When time is up, in milliseconds since 1970: by the app's `requestTimeoutMs`, or as the platform has it. */
  readonly deadline?: number | undefined;
}

/** The value of a plugin's `config`: what YAML and code say, merged. */
// oxlint-disable-next-line typescript/no-explicit-any -- its shape is the plugin's own affair; the seed of every plugin assigns it
export type PluginConfigValues = Record<string, any>;

/** A plugin's entry in `plugins`, as configuration has it. */
export interface PluginEntry {
  /** Which module the plugin comes from. An instance in code needs none. */
  readonly type?: string | undefined;
  /** What the plugin is given. */
  readonly config?: PluginConfigValues | undefined;
  /** `false` turns an inherited plugin off. Default: `true`. */
  readonly enabled?: boolean | undefined;
  /** Key paths of `config`, such as `cookie.secure`, that tools and logs may show. Everything else is redacted. */
  readonly public?: readonly string[] | undefined;
}

/** Configuration as code gives it and as plugins read it. */
export interface FuncConfig {
  readonly plugins?: Readonly<Record<string, PluginEntry>> | undefined;
}

/** A plugin's entry with its name and type, as constructors and `applyConfig` get it. */
export interface PluginOptions {
  readonly name: string;
  readonly type: string;
  readonly config?: PluginConfigValues | undefined;
}

/** What `onMount` gets. It knows nothing of the request that happened to come first. */
export interface MountData {
  /** How logs and errors call the function, such as `orders/create`. */
  readonly name: string;
  /** The resolved configuration. Printed or serialised, it shows no secret. */
  readonly config: FuncConfig;
  /** Labelled with the plugin's name. */
  readonly logger: Logger;
  readonly runtime: Runtime;
  /** Aborts when the mount's time is up. */
  readonly signal: AbortSignal;
}

/** The framework's fields of `data`. */
export interface InvokeFields<Event = HttpEvent> {
  /** What came in. For an API, the HTTP request. */
  readonly event: Event;
  readonly context: InvokeContext;
  /** The resolved configuration. Printed or serialised, it shows no secret. */
  readonly config: FuncConfig;
  /** Labelled with the request's id and the plugin that reads it. */
  readonly logger: Logger;
  /** Aborts when the client is gone or time is up. */
  readonly signal: AbortSignal;
  /** What the handler returned. A plugin may replace it; one that recovers from a failure assigns it. */
  response: unknown;
  /** The request's id, `context.requestId` unless a plugin assigns another. */
  requestId: string;
}

/**
 * The one object that all plugins and the handler of an invocation share. The fields of HTTP are there when the
 * function has the `http` plugin, as every API has.
 */
export interface InvokeData<Event = HttpEvent>
  extends DefineApiInject, InvokeFields<Event>, Partial<HttpFields> {}

/** What the handler of an API gets. */
export interface ApiData<Params = unknown>
  extends DefineApiInject, InvokeFields<HttpEvent>, HttpFields<Params> {}

/** What users add to functions. */
export interface Plugin {
  /** Which module the plugin comes from. */
  readonly type: string;
  /** Who it is, unique within one function: for order, configuration and logs. */
  readonly name: string;
  /** Gets the merged configuration of a plugin that code registered, once, before `onMount`. */
  applyConfig?(config: PluginOptions): void;
  /** Runs once per function, before its first invoke. */
  onMount?(data: MountData, next: Next): unknown;
  /** Runs for every invoke. */
  onInvoke?(data: InvokeData, next: Next): unknown;
  /** Runs when the function is closed, in reverse order of `onMount`. */
  onClose?(): unknown;
  /**
   * Whether what the plugin needs is there just now, such as a database. `/readyz` asks it of every mounted function;
   * `false`, a throw and silence for two seconds are a no. Requests are served all the same.
   */
  isReady?(): boolean | PromiseLike<boolean>;
}

/** A plugin's class as a module exports it. What stands in `static` fields helps tools and checks. */
export interface PluginClass {
  new (options: PluginOptions): Plugin;
  /** Checks `config`, and completes `faas.yaml` in editors. */
  readonly configSchema?: StandardSchemaV1 | undefined;
  /** Key paths of `config` that tools and logs may show. */
  readonly publicConfig?: readonly string[] | undefined;
}

/** Request headers, names in lower case. */
export type HttpHeaders = Readonly<Record<string, string | undefined>>;

/** An HTTP request, as adapters give it to `data.event`. */
export interface HttpEvent {
  /** In upper case. */
  readonly method: string;
  /** Decoded, without the query, beginning with `/`. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly queryString: string;
  readonly headers: HttpHeaders;
  /** Unread bytes of an adapter (`BodySource`), or what a test or a platform gives: text, bytes, or a parsed value. */
  readonly body?: unknown;
  /** The peer's address. */
  readonly remoteAddress?: string | undefined;
}

/** What the `http` plugin puts on `data`. Functions among them work without their object. */
export interface HttpFields<Params = unknown> {
  /** Query and body in one, checked by the API's schema before the handler runs. */
  params: Params;
  readonly cookie: Cookies;
  readonly session: Session;
  /** Sets a response header; `undefined` takes it away. Lines of `set-cookie` add up. */
  readonly setHeader: (name: string, value: string | number | readonly string[] | undefined) => void;
  /** Sets `content-type`. Without a charset, text types get UTF-8. */
  readonly setContentType: (type: string, charset?: string) => void;
  /** Sets the status of a success, from 200 to 599. */
  readonly setStatusCode: (statusCode: number) => void;
  /** Sets the body as it goes out, in place of the handler's value. */
  readonly setBody: (body: string | Uint8Array | ReadableStream<Uint8Array> | null) => void;
}

/** The cookies of a request and its response. */
export interface Cookies {
  /** What the client sent, or what this request has set since. */
  get(name: string): string | undefined;
  set(name: string, value: string, options?: CookieOptions): void;
  /** Has the client forget it. Path and domain are those it was set with. */
  delete(name: string, options?: Pick<CookieOptions, "path" | "domain">): void;
}

/** The attributes of one cookie. Defaults come from the `http` plugin's `cookie` configuration. */
export interface CookieOptions {
  readonly path?: string | undefined;
  readonly domain?: string | undefined;
  readonly expires?: Date | undefined;
  readonly maxAgeSeconds?: number | undefined;
  readonly httpOnly?: boolean | undefined;
  readonly secure?: boolean | undefined;
  readonly sameSite?: "strict" | "lax" | "none" | undefined;
  readonly partitioned?: boolean | undefined;
}

/**
 * The types of session values, by key. Augment it: `declare module "@x/server" { interface SessionValues { userId: number } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface SessionValues {}

/** The type of a session value: as it was declared, else anything. */
export type SessionValue<Key extends string> = Key extends keyof SessionValues ? SessionValues[Key] : unknown;

/**
 * Values that travel sealed in a cookie: the client can neither read nor change them, and a server needs no store. What
 * is read is what the next request would read, so a date comes back as text, and a change to an object counts once it is
 * set again.
 */
export interface Session {
  /** `undefined` where there is none: never set, expired, or sealed by nobody who has the secret. */
  get<Key extends string>(key: Key): Promise<SessionValue<Key> | undefined>;
  /** Keeps a value that JSON has a form for; `undefined` deletes it. */
  set<Key extends string>(key: Key, value: SessionValue<Key> | undefined): Promise<void>;
  delete(key: string): Promise<void>;
  /** Empties it; the client is told to forget the cookie. */
  clear(): Promise<void>;
}
