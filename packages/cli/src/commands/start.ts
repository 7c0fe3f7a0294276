import type { CommandContext, ServeOptions } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";
import { openProject } from "../project/open-project.ts";
import { close, listen } from "../project/serve.ts";
import { waitForStop } from "../project/stop-signal.ts";

/**
 * Serves in production. It listens at once, so that `/healthz` and `/readyz` answer, and mounts every function; when
 * one fails the process ends with 1, for whatever has started it to see. SIGTERM ends it with 0 after what runs.
 */
export async function start({ terminal, options }: CommandContext<ServeOptions>): Promise<ExitCode> {
  const project = await openProject(options, {
    defaultStage: "production",
    // The document has the standard output to itself.
    ...(terminal.json ? { logDestination: process.stderr } : {}),
  });
  const stopped = waitForStop();
  const { url, port } = await listen(project, options);
  // Log lines have the standard output to themselves.
  terminal.note(`${url} (stage "${project.stage}")`);
  const mounted = project.app.mount().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const failed = await Promise.race([mounted, stopped.then(() => undefined)]);
  if (failed) {
    await close(project, terminal);
    throw failed.error;
  }
  terminal.document({ ok: true, url, port, root: project.root, stage: project.stage });
  terminal.note("ready");
  terminal.note(`${await stopped}: closing`);
  return close(project, terminal);
}
