import type { RouteInfo } from "@x/server/tooling";
import { toColumns } from "../output/columns.ts";
import type { Terminal } from "../output/terminal.ts";

/** Routes of a running app for people: methods, path, and the plugins that requests meet, outermost first. */
export function toChainLines(routes: readonly RouteInfo[], terminal: Terminal): string[] {
  return toColumns(
    routes.map(({ methods, path, plugins = [], state }) => [
      state === "failed"
        ? terminal.paint("red", "failed")
        : terminal.paint("green", (methods ?? []).join(" ")),
      path,
      // Of what has not been mounted, only a part of the plugins is known.
      terminal.paint("dim", state === "mounted" ? plugins.join(" > ") : ""),
    ]),
    { indent: "  ", width: terminal.width },
  );
}
