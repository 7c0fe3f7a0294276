import { type CodeParts, type FuncEnvironment, HttpPlugin, type Instrument, type Logger } from "@x/server";
import type { ProjectConfig } from "@x/server/tooling";

const MOUNT_TIMEOUT_MS = 30_000;

/** What the jobs of a project share. */
export interface JobHost {
  readonly logger: Logger;
  readonly instrument?: Instrument | undefined;
  /** The folder from which packages of plugins are found. */
  readonly root: string;
  readonly project: ProjectConfig;
  /** What came out of `${…}`, for the log to leave out. */
  readonly secrets: Set<string>;
}

/** What a job is mounted in: as an API of the same folder, without HTTP. */
export function createJobEnvironment(name: string, file: string | undefined, host: JobHost): FuncEnvironment {
  const { logger, instrument, root, project, secrets } = host;
  return {
    name,
    logger,
    mountTimeoutMs: MOUNT_TIMEOUT_MS,
    instrument,
    async prepare(code: CodeParts) {
      const { builtInPlugins, preparePlugins } = await import("@x/server/tooling");
      const config = file ? await project.resolve(file, code.config) : project.resolveCode(code.config);
      for (const secret of config.secrets()) secrets.add(secret);
      const plugins = await preparePlugins({ config, plugins: code.plugins, builtIn: builtInPlugins, root });
      // `faas.yaml` configures it for the APIs beside; a job has neither request nor response.
      return { config, plugins: plugins.filter((plugin) => !(plugin instanceof HttpPlugin)) };
    },
  };
}
