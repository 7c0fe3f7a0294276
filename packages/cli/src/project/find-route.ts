import { resolve } from "node:path";
import type { RouteInfo } from "@x/server/tooling";
import { CliError } from "../errors.ts";
import type { Project } from "./open-project.ts";

/**
 * Finds a route by its path (`/orders/create`, with or without the slash), or by its file.
 *
 * @throws CliError `UNKNOWN_ROUTE`.
 */
export async function findRoute(target: string, { app, root, server }: Project): Promise<RouteInfo> {
  const routes = await app.routes();
  const files = new Set([resolve(target), resolve(root, target)]);
  const path = target.startsWith("/") ? target : `/${target}`;
  const found =
    routes.find(({ file }) => file !== undefined && files.has(file)) ??
    routes.find(({ paths }) => paths.includes(path)) ??
    (await app.find(path));
  if (found) return found;
  const hint = server.didYouMean(
    path,
    routes.flatMap(({ paths }) => paths),
  );
  throw new CliError("UNKNOWN_ROUTE", `no API answers ${path}.${hint} x routes lists all of them.`);
}
