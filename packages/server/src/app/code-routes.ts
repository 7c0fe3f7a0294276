import { ServerError } from "../errors.ts";
import type { FuncConfig } from "../types.ts";
import type { RouteDefinition } from "./api-route.ts";
import type { AppFunc } from "./app-func.ts";
import { isCleanPath } from "./clean-path.ts";
import { type AppHost, configuresPlugins, createEnvironment } from "./environment.ts";
import { mergeConfigs } from "./merge-configs.ts";
import type { RouteSource } from "./route-source.ts";

/** What routes in code are made from. */
export interface CodeRoutesOptions {
  /** By path: `orders/create`, `""` for the root, `orders/*` for whatever nothing else below answers. */
  readonly routes: Readonly<Record<string, AppFunc>>;
  /** What all functions are configured with, unless their own code says otherwise. */
  readonly config?: FuncConfig | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Routes that code gives, for workers and bundles: no file is looked for. A function under two paths is one route.
 *
 * @throws ServerError `INVALID_APP` for a path that no URL reaches.
 */
export function createCodeRoutes({ routes, config, env }: CodeRoutesOptions, host: AppHost): RouteSource {
  const keysOf = new Map<AppFunc, string[]>();
  for (const [key, func] of Object.entries(routes)) {
    const keys = keysOf.get(func);
    if (keys) keys.push(key);
    else keysOf.set(func, [key]);
  }
  const definitions = [...keysOf].map(([func, keys]): RouteDefinition => {
    const paths = keys.map(toPath);
    const name = paths[0]!.slice(1) || "index";
    return {
      name,
      paths: paths.filter((path) => !path.endsWith("/*")),
      folders: paths.filter((path) => path.endsWith("/*")).map((path) => path.slice(0, -2)),
      source: `routes["${keys[0]}"]`,
      load: async () => func,
      environment: createEnvironment(name, host, {
        root: globalThis.process?.cwd?.() ?? "/",
        resolve: (code) => {
          if (!configuresPlugins(config) && !configuresPlugins(code)) return undefined;
          return resolveCode(mergeConfigs(config ?? {}, code), env);
        },
      }),
    };
  });
  return { scan: async () => definitions, invalidate: () => () => false, close: () => {} };
}

async function resolveCode(config: FuncConfig, env: CodeRoutesOptions["env"]) {
  const { ProjectConfig } = await import("../config/project-config.ts");
  return new ProjectConfig({ root: "/", env: env ?? globalThis.process?.env ?? {} }).resolveCode(config);
}

function toPath(key: string): string {
  const path = key.startsWith("/") ? key : `/${key}`;
  if (isCleanPath(path)) return path;
  throw new ServerError("INVALID_APP", `no URL reaches the route "${key}": write it as in orders/create`);
}
