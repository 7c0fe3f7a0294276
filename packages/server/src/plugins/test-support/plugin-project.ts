import { createProject, type TempProject } from "../../config/test-support/temp-project.ts";
import type { Plugin, PluginClass } from "../../types.ts";
import { preparePlugins } from "../prepare-plugins.ts";
import type { FuncConfig, PluginOptions } from "../../types.ts";

/** A plugin that keeps what it is given. */
export interface KeepingPlugin extends Plugin {
  readonly options?: PluginOptions;
  config?: unknown;
}

/** The source of a module with such a plugin. */
export function pluginModule(exported = "export default class", body = ""): string {
  return `${exported} {
  readonly type: string;
  readonly name: string;
  readonly options: any;
  config: any;
  constructor(options: any) {
    this.type = options.type;
    this.name = options.name;
    this.options = options;
    this.config = options.config;
  }
  async onInvoke(_data: unknown, next: () => Promise<void>): Promise<void> {
    await next();
  }
  ${body}
}
`;
}

/** Stands for what the http plugin is to a real app. */
export class BuiltInPlugin implements KeepingPlugin {
  readonly type: string;
  readonly name: string;
  readonly config: unknown;

  constructor({ name, type, config }: PluginOptions) {
    this.name = name;
    this.type = type;
    this.config = config;
  }

  onInvoke() {}
}

/** What is prepared beside the files of a project. */
export interface PrepareOptions {
  /** Path of the function's file. Default: one in the root. */
  readonly file?: string;
  readonly plugins?: readonly Plugin[];
  readonly code?: FuncConfig;
  readonly builtIn?: Readonly<Record<string, PluginClass>>;
}

/** Prepares the plugins of one function of a project. */
export async function prepare(project: TempProject, options: PrepareOptions = {}): Promise<KeepingPlugin[]> {
  const { file = "x.api.ts", plugins = [], code, builtIn = { http: BuiltInPlugin } } = options;
  const config = await project.resolve(file, code);
  return preparePlugins({ config, plugins, builtIn, root: project.root });
}

/** The same for a project of these files. */
export async function prepareIn(
  files: Readonly<Record<string, string>>,
  options: PrepareOptions = {},
): Promise<KeepingPlugin[]> {
  return prepare(await createProject(files), options);
}
