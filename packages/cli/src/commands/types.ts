import type { CommandContext, TypesOptions } from "../command-context.ts";
import { toContractPlace } from "../contract/contract-place.ts";
import { toContractRoutes } from "../contract/contract-routes.ts";
import { ContractUpdater } from "../contract/contract-updater.ts";
import { CliError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { toShownPath } from "../output/place.ts";
import { openProject } from "../project/open-project.ts";
import { tellContract, toContractDocument } from "../report/contract.ts";

/** Writes the types and shapes of all APIs, for clients. No module of the project is loaded. */
export async function types(
  folder: string | undefined,
  { terminal, options }: CommandContext<TypesOptions>,
): Promise<ExitCode> {
  const { root: given, check: isDry = false, out } = options;
  if (folder !== undefined && given !== undefined)
    throw new CliError(
      "INVALID_USAGE",
      `the root is both ${toShownPath(folder)} and --root ${given}: give one`,
    );
  const { root, server, app } = await openProject(
    { ...options, root: folder ?? given },
    // Whatever became of the contract that is there, it is about to be written.
    { contract: false },
  );
  const updater = new ContractUpdater(toContractPlace(root, out));
  const update = await updater.update(toContractRoutes(await app.routes()), { isDry });
  const failed = update.problems.length > 0 || (isDry && update.isOutdated);
  terminal.document({ ok: !failed, root, ...toContractDocument(update) });
  tellContract(update, { terminal, isDry, hint: server.didYouMean });
  return failed ? EXIT.failed : EXIT.ok;
}
