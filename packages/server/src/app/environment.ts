import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { CodeParts, FuncEnvironment, Instrument, PreparedParts } from "../func/func-environment.ts";
import { withHttp } from "../http/with-http.ts";
import type { FuncConfig, Logger } from "../types.ts";
import type { SecretList } from "./secret-list.ts";

/** What all functions of an app share. */
export interface AppHost {
  readonly logger: Logger;
  readonly mountTimeoutMs: number;
  readonly instrument?: Instrument | undefined;
  readonly secrets: SecretList;
}

/** Where the configuration of one function comes from. */
export interface ConfigSource {
  /** The folder from which packages of plugins are found. */
  readonly root: string;
  /** `undefined` where there is none: then nothing that reads configuration is even imported. */
  resolve(code: FuncConfig): Promise<ResolvedConfig> | undefined;
}

/** What a function of an app is mounted in. */
export function createEnvironment(name: string, host: AppHost, source: ConfigSource): FuncEnvironment {
  return {
    name,
    logger: host.logger,
    mountTimeoutMs: host.mountTimeoutMs,
    instrument: host.instrument,
    prepare: async (code) => {
      const { config, plugins } = await prepare(code, host, source);
      // Whatever an app serves is behind HTTP, also a function that does not say so.
      return { config, plugins: withHttp(plugins, code.plugins) };
    },
  };
}

/** Tells whether code configures any plugin. */
export function configuresPlugins(config: FuncConfig | undefined): boolean {
  return Object.keys(config?.plugins ?? {}).length > 0;
}

async function prepare(code: CodeParts, { secrets }: AppHost, source: ConfigSource): Promise<PreparedParts> {
  const resolving = source.resolve(code.config);
  if (!resolving) return code;
  const [config, { preparePlugins }, { builtInPlugins }] = await Promise.all([
    resolving,
    import("../plugins/prepare-plugins.ts"),
    import("../http/built-in-plugins.ts"),
  ]);
  secrets.add(config.secrets());
  const { plugins } = code;
  return {
    config,
    plugins: await preparePlugins({ config, plugins, builtIn: builtInPlugins, root: source.root }),
  };
}
