import type { RouteInfo } from "@x/server/tooling";
import type { Reloaded } from "../dev/reload.ts";
import { toShownPath } from "../output/place.ts";
import type { Terminal } from "../output/terminal.ts";
import { wrap } from "../output/wrap.ts";
import { toChainLines } from "./served-routes.ts";

/** As many files as one reads at a glance: a branch that is checked out changes hundreds. */
const MAX_FILES = 5;

/** Tells which files changed, and what became of the routes. */
export function tellReloaded(
  files: readonly string[],
  { changed, added, removed, failure }: Reloaded,
  terminal: Terminal,
): void {
  const [first = "", ...rest] = wrap(toList(files), terminal.width - "changed ".length);
  terminal.say(`${terminal.paint("cyan", "changed")} ${first}`);
  for (const line of rest) terminal.say(`        ${line}`);
  const tellRoutes = (verb: string, routes: readonly RouteInfo[]) => {
    if (routes.length > 0) terminal.say(`  ${verb}`);
    for (const line of toChainLines(routes, terminal)) terminal.say(`  ${line}`);
  };
  tellRoutes("reloaded", changed);
  tellRoutes("added", added);
  for (const { path } of removed) terminal.say(`  removed ${path}`);
  if (changed.length + added.length + removed.length === 0 && failure === undefined)
    terminal.say("  no function uses it");
}

function toList(files: readonly string[]): string {
  const shown = files.slice(0, MAX_FILES).map(toShownPath).join(", ");
  return files.length > MAX_FILES ? `${shown} and ${files.length - MAX_FILES} more` : shown;
}
