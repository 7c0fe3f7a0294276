import { type ApiRoute, methodsOf } from "./api-route.ts";
import type { RouteInfo } from "./app-types.ts";

/** What is known of a route by now. */
export function toRouteInfo(route: ApiRoute): RouteInfo {
  const { definition, func, ready, state, failure } = route;
  const paths = [...route.folders.map((folder) => `${folder}/*`), ...route.paths];
  return {
    path: paths.toSorted((a, b) => a.length - b.length)[0]!,
    paths,
    file: definition.file,
    state,
    methods: ready?.methods ?? (func && methodsOf(func)),
    plugins: (ready?.mounted.plugins ?? func?.plugins)?.map(({ name }) => name),
    failure,
  };
}
