import type { RouteInfo } from "@x/server/tooling";
import type { CommandContext, DevOptions } from "../command-context.ts";
import { LiveContract } from "../dev/live-contract.ts";
import { toReadableLog } from "../dev/print-log.ts";
import { reload } from "../dev/reload.ts";
import { watchFolder } from "../dev/watch-folder.ts";
import type { ExitCode } from "../exit-code.ts";
import { describeFailure } from "../output/describe-failure.ts";
import { toShownPath } from "../output/place.ts";
import { tellFailure } from "../output/tell-failure.ts";
import { findRoot } from "../project/find-root.ts";
import { openProject } from "../project/open-project.ts";
import { close, listen } from "../project/serve.ts";
import { waitForStop } from "../project/stop-signal.ts";
import { tellReloaded } from "../report/reloaded.ts";
import { toChainLines } from "../report/served-routes.ts";

/** Serves, and takes in every change below the root without dropping the process. A fault is told and waited out. */
export async function dev({ terminal, options }: CommandContext<DevOptions>): Promise<ExitCode> {
  const root = findRoot(options.root);
  const logDestination = { write: (line: string) => terminal.say(toReadableLog(line, root, terminal)) };
  const project = await openProject(options, { development: true, allowEmpty: true, logDestination });
  const { app, stage } = project;
  const contract = new LiveContract(project, options, terminal);
  const tell = (failure: unknown) => {
    if (failure !== undefined) tellFailure(terminal, describeFailure(failure, root));
  };
  const stopped = waitForStop();
  const { url, port } = await listen(project, options);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  // From before the first import, so that no save falls between the two.
  const watcher = await watchFolder(root, async (files) => {
    await begun;
    const reloaded = await reload(project, files);
    const others = files.filter((file) => !contract.owns(file));
    // What we have written is told by then, and what else fails was told when it began to.
    if (others.length > 0) {
      tellReloaded(others, reloaded, terminal);
      tell(reloaded.failure);
    }
    await contract.refresh();
  });
  const mounting = app.mount().then(
    () => undefined,
    (error: unknown) => error,
  );
  const failure = await Promise.race([mounting, stopped.then(() => undefined)]);
  const routes = await app.routes();
  terminal.document({ ok: failure === undefined, url, port, root, stage, routes: routes.map(toDocument) });
  terminal.say(`${terminal.paint("bold", url)} serves ${toShownPath(root)} in the stage "${stage}"`);
  for (const line of toChainLines(routes, terminal)) terminal.say(line);
  if (routes.length === 0) terminal.say("  no API file yet: write one, such as hello.api.ts");
  tell(failure);
  await contract.refresh();
  begin();
  await stopped;
  await contract.close();
  await watcher.close();
  return close(project, terminal);
}

function toDocument({
  path,
  paths,
  methods,
  file,
  state,
  plugins,
}: RouteInfo): Readonly<Record<string, unknown>> {
  return { path, paths, methods, file, state, plugins };
}
