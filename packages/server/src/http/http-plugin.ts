import { pluginConfigError } from "../config-schema/plugin-config-error.ts";
import { provideData } from "../func/create-data.ts";
import { isThenable } from "../func/to-step.ts";
import type { HttpEvent, InvokeData, Next, Plugin, PluginOptions } from "../types.ts";
import type { HttpConfig } from "./config/http-config.ts";
import { findHttpConfigIssues, httpConfigSchema } from "./config/http-config-schema.ts";
import { type HttpSettings, toHttpSettings } from "./config/http-settings.ts";
import { layer } from "./config/layer.ts";
import { HttpData } from "./http-data.ts";
import { readParams } from "./params/read-params.ts";

/**
 * Gives functions what they need behind HTTP: `params`, cookies, sessions, and the functions that shape the reply. Every
 * API has it.
 */
export class HttpPlugin implements Plugin {
  static readonly configSchema = httpConfigSchema;
  /** All but the secrets. */
  static readonly publicConfig: readonly string[] = [
    "maxBodyBytes",
    "maxFields",
    "maxFiles",
    "maxFileBytes",
    "parseBody",
    "etag",
    "cookie",
    "session.name",
    "session.maxAgeSeconds",
    "session.rolling",
    "session.cookie",
    "cors",
  ];

  // Here and not as a method: what is between the parts of the framework is no part of its types.
  static {
    provideData(this.prototype, function createData(this: HttpPlugin, event, context, config, signalSource) {
      return new HttpData(event, context, config, signalSource, this.#settings);
    });
  }

  readonly type = "http";
  readonly name = "http";
  readonly #own: HttpConfig | undefined;
  #settings: HttpSettings;

  /** @throws ServerError `INVALID_CONFIG` with every fault of `options.config`. */
  constructor(options?: Partial<PluginOptions>) {
    this.#own = options?.config;
    this.#settings = toCheckedSettings(this.#own);
  }

  /** Lays configuration over what the constructor was given. */
  applyConfig({ config }: PluginOptions): void {
    this.#settings = toCheckedSettings(layer<HttpConfig>(this.#own, config));
  }

  onInvoke(data: InvokeData, next: Next): Promise<void> {
    // A job has no request. Params that somebody further out has given stay as they are.
    if (data.params !== undefined || data.context.runtime !== "api") return next();
    const params = readParams(data.event as Partial<HttpEvent>, this.#settings);
    if (!isThenable(params)) {
      data.params = params;
      return next();
    }
    return Promise.resolve(params).then((read) => {
      data.params = read;
      return next();
    });
  }
}

function toCheckedSettings(config: HttpConfig | undefined): HttpSettings {
  const issues = findHttpConfigIssues(config);
  if (issues.length > 0) throw pluginConfigError("http", issues);
  return toHttpSettings(config);
}
