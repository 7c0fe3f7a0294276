import type { App, AppOptions } from "@x/server/tooling";
import type { CommonOptions } from "../command-context.ts";
import { CliError } from "../errors.ts";
import { toShownPath } from "../output/place.ts";
import { findRoot } from "./find-root.ts";
import { loadServer, type Tooling } from "./load-server.ts";

/** A project on disk, and the server that it brings. */
export interface Project {
  /** Absolute path, without symbolic links: modules are known by their real paths. */
  readonly root: string;
  readonly stage: string;
  readonly server: Tooling;
  readonly app: App;
  /** Reads `faas.yaml`, each file once. */
  readonly config: InstanceType<Tooling["ProjectConfig"]>;
}

/** How a command opens a project. */
export interface ProjectOptions extends AppOptions {
  /** Counts where no stage is given. */
  readonly defaultStage?: string;
  /** Whether a project without APIs will do. */
  readonly allowEmpty?: boolean;
}

/**
 * Opens the project with a server that nothing listens to yet.
 *
 * @throws CliError `ROOT_NOT_FOUND`, `SERVER_NOT_FOUND`, `SERVER_TOO_OLD`, `NO_APIS`; ServerError `INVALID_ROOT`,
 * `DUPLICATE_ROUTE`.
 */
export async function openProject(
  { root: given, stage }: CommonOptions,
  options: ProjectOptions = {},
): Promise<Project> {
  const { defaultStage = "development", allowEmpty = false, ...appOptions } = options;
  const root = findRoot(given);
  const server = await loadServer(root);
  const chosen = stage ?? defaultStage;
  const app = server.createApp({ ...appOptions, root, stage: chosen });
  if (!allowEmpty && (await app.routes()).length === 0)
    throw new CliError(
      "NO_APIS",
      `there is no API file in ${toShownPath(root)}: write one, such as hello.api.ts, or name the folder by --root`,
    );
  return { root, stage: chosen, server, app, config: new server.ProjectConfig({ root, stage: chosen }) };
}
