import { toColumns } from "../output/columns.ts";
import { describeFailure } from "../output/describe-failure.ts";
import { toShownPath } from "../output/place.ts";
import type { Terminal } from "../output/terminal.ts";
import { wrap } from "../output/wrap.ts";
import type { ChainLink, InspectedRoute } from "../project/inspect-route.ts";

/** Lists routes for people: methods, path and file, and below them the plugins, outermost first. */
export function tellRoutes(routes: readonly InspectedRoute[], terminal: Terminal): void {
  const heads = toColumns(
    routes.map(({ methods, path, file, failure }) => [
      failure === undefined ? terminal.paint("green", methods.join(" ")) : terminal.paint("red", "failed"),
      terminal.paint("bold", path),
      file === undefined ? "" : terminal.paint("dim", toShownPath(file)),
    ]),
  );
  for (const [index, { chain }] of routes.entries()) {
    terminal.line(heads[index]);
    const names = chain.map(({ name }) => name).join(" > ");
    if (names !== "")
      for (const line of wrap(names, terminal.width, "    ")) terminal.line(terminal.paint("dim", line));
  }
}

/** A route for machines. */
export function toRouteDocument(route: InspectedRoute): Readonly<Record<string, unknown>> {
  const { path, paths, methods, file, chain, failure } = route;
  return {
    path,
    paths,
    methods,
    file,
    plugins: chain.map(toLinkDocument),
    ...(failure === undefined ? {} : { failure: toFailureDocument(failure) }),
  };
}

/** A plugin of a chain for machines. */
export function toLinkDocument({
  name,
  type,
  from,
  at,
  hooks,
}: ChainLink): Readonly<Record<string, unknown>> {
  return { name, type, from, file: at?.file, line: at?.line, column: at?.column, hooks };
}

function toFailureDocument(failure: unknown): Readonly<Record<string, unknown>> {
  const { code, message, faults } = describeFailure(failure);
  return { code, message, faults };
}
