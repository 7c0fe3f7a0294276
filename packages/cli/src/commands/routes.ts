import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { tellFailures } from "../output/tell-failure.ts";
import { inspectRoutes } from "../project/inspect-route.ts";
import { openProject } from "../project/open-project.ts";
import { tellRoutes, toRouteDocument } from "../report/route-list.ts";

/** Lists every route. A function that does not load is listed with its failure. */
export async function routes({ terminal, options }: CommandContext): Promise<ExitCode> {
  const project = await openProject(options);
  const inspected = await inspectRoutes(project);
  const failed = inspected.filter(({ failure }) => failure !== undefined);
  terminal.document({
    ok: failed.length === 0,
    root: project.root,
    stage: project.stage,
    routes: inspected.map(toRouteDocument),
  });
  tellRoutes(inspected, terminal);
  tellFailures(
    failed.map(({ failure }) => failure),
    project.root,
    terminal,
  );
  return failed.length === 0 ? EXIT.ok : EXIT.failed;
}
