import { realpath } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ServerError } from "../../errors.ts";
import { type RouteDefinition, toLoadError } from "../api-route.ts";
import { type AppHost, createEnvironment } from "../environment.ts";
import type { RouteSource } from "../route-source.ts";
import { ModuleGraph } from "./module-graph.ts";
import { ProjectConfigLoader } from "./project-config-loader.ts";
import { addReloadHook, type RemoveHook } from "./reload-hook.ts";
import { isApiFile, scanFolder } from "./scan-folder.ts";
import { toPlace } from "./to-place.ts";

/** What file routes are made from. */
export interface FileRoutesOptions {
  readonly root: string | URL;
  readonly stage?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Whether files will change. */
  readonly development: boolean;
}

const CONFIG_FILE = /[\\/]faas\.ya?ml$/;

/** The API files below a root. */
export class FileRoutes implements RouteSource {
  /** As the caller names it. */
  readonly #givenRoot: string;
  /** Without symbolic links: imported modules are known by their real paths. */
  readonly #root: string;
  readonly #host: AppHost;
  readonly #config: ProjectConfigLoader;
  readonly #graph = new ModuleGraph();
  #files: ReadonlySet<string> = new Set();
  #removeHook: RemoveHook | undefined;

  /** @throws ServerError `INVALID_ROOT` when the root cannot be read. */
  static async open(options: FileRoutesOptions, host: AppHost): Promise<FileRoutes> {
    const given = resolve(options.root instanceof URL ? fileURLToPath(options.root) : options.root);
    const root = await realpath(given).catch((cause: unknown) => {
      throw new ServerError(
        "INVALID_ROOT",
        `the root ${given} does not exist: name the folder of the API files`,
        {
          cause,
        },
      );
    });
    return new FileRoutes(given, root, options, host);
  }

  private constructor(givenRoot: string, root: string, options: FileRoutesOptions, host: AppHost) {
    const { stage, env, development } = options;
    this.#givenRoot = givenRoot;
    this.#root = root;
    this.#host = host;
    this.#config = new ProjectConfigLoader({ root, stage, env });
    if (development || this.#graph.isVersioned) this.#addHook();
  }

  async scan(): Promise<readonly RouteDefinition[]> {
    const { apis, configured } = await scanFolder(this.#root);
    this.#config.configured = configured;
    const linksOf = new Map<string, string[]>();
    for (const [path, file] of apis) linksOf.set(file, [...(linksOf.get(file) ?? []), path]);
    this.#files = new Set(linksOf.keys());
    return [...linksOf].flatMap(([file, links]) => this.#define(file, links) ?? []);
  }

  invalidate(
    changed: readonly string[] | undefined,
    broken: readonly RouteDefinition[],
  ): (definition: RouteDefinition) => boolean {
    this.#addHook();
    const paths = changed?.map((path) => this.#toRealPath(path));
    const configs = paths?.filter((path) => CONFIG_FILE.test(path));
    if (configs?.length !== 0) this.#config.invalidate();
    if (!paths || !configs) {
      this.#graph.invalidateAll();
      return ({ file }) => file !== undefined;
    }
    const modules = this.#invalidateModules(paths, broken);
    const folders = configs.map(dirname);
    const stale = [...this.#files].filter(
      (file) =>
        modules === "all" ||
        modules.has(toUrl(file)) ||
        folders.some((folder) => file.startsWith(folder + sep)),
    );
    // A function is made with its module: another configuration needs another function, so another module.
    this.#graph.invalidate(stale.map(toUrl));
    return ({ file }) => file !== undefined && stale.includes(file);
  }

  close(): void {
    this.#removeHook?.();
  }

  /** `links` are the places in which the file is found, its own among them. */
  #define(file: string, links: readonly string[]): RouteDefinition | undefined {
    const places = links.flatMap((path) => toPlace(this.#root, path) ?? []);
    const [first] = places;
    if (!first) {
      this.#host.logger.warn({ file }, "no URL reaches this API file: rename it");
      return undefined;
    }
    return {
      name: first.name,
      paths: places.flatMap(({ paths }) => paths),
      folders: places.flatMap(({ folders }) => folders),
      source: file,
      file,
      load: () => this.#load(file),
      environment: createEnvironment(first.name, this.#host, {
        root: this.#root,
        resolve: (code) => this.#config.resolve(file, code),
      }),
    };
  }

  async #load(file: string): Promise<unknown> {
    const url = this.#graph.toVersionedUrl(toUrl(file));
    try {
      // A module's namespace can be read by any name.
      const module = (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>;
      return module["default"];
    } catch (error) {
      throw toLoadError(file, error);
    }
  }

  /** All modules that a change concerns; "all" where one of them is a plugin's, which any function may have. */
  #invalidateModules(
    paths: readonly string[],
    broken: readonly RouteDefinition[],
  ): ReadonlySet<string> | "all" {
    const changed = paths.flatMap((path) => [toUrl(path), ...this.#graph.modulesAt(toUrl(path))]);
    // What a file imports may have been missing, or have thrown, without having changed itself.
    const failed = broken.flatMap(({ file }) => (file ? [...this.#graph.withImports(toUrl(file))] : []));
    const affected = this.#graph.invalidate([...changed, ...failed]);
    const own = toUrl(this.#root);
    const isApi = (url: string) => isApiFile(fileURLToPath(url));
    const isPlugin = (url: string) => this.#graph.importersOf(url).some((it) => !it.startsWith(own));
    return [...affected].some((url) => url.startsWith(own) && isPlugin(url) && !isApi(url))
      ? "all"
      : affected;
  }

  #addHook(): void {
    this.#removeHook ??= addReloadHook(`${toUrl(this.#root)}/`, this.#graph);
  }

  #toRealPath(path: string): string {
    const absolute = resolve(this.#givenRoot, path);
    const inside = absolute.startsWith(this.#givenRoot + sep);
    return inside ? this.#root + absolute.slice(this.#givenRoot.length) : absolute;
  }
}

function toUrl(path: string): string {
  return pathToFileURL(path).href;
}
