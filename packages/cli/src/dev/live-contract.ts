import { readFileSync } from "node:fs";
import type { DevOptions } from "../command-context.ts";
import { isContract } from "../contract/contract-files.ts";
import { type ContractPlace, toContractPlace } from "../contract/contract-place.ts";
import { toContractRoutes } from "../contract/contract-routes.ts";
import { toShapesFile } from "../contract/contract-source.ts";
import { tellFailure } from "../output/tell-failure.ts";
import type { Terminal } from "../output/terminal.ts";
import type { Project } from "../project/open-project.ts";
import { tellContractProblems, toUpdateLine } from "../report/contract.ts";
import { type ContractAnswer, type ContractFollower, followContract } from "./follow-contract.ts";

/**
 * The contract of a project that is being worked on. It is kept current where it was asked for, and where there is one:
 * a project that has none is not given one.
 */
export class LiveContract {
  readonly #place: ContractPlace;
  readonly #isWanted: boolean;
  readonly #project: Project;
  readonly #terminal: Terminal;
  #follower: ContractFollower | undefined;
  #told = "";

  /** @throws CliError `INVALID_USAGE` for a file that no contract can be in. */
  constructor(project: Project, { types }: DevOptions, terminal: Terminal) {
    this.#place = toContractPlace(project.root, types === true ? undefined : types);
    this.#isWanted = types !== undefined;
    this.#project = project;
    this.#terminal = terminal;
  }

  /** Tells whether a file is the contract's own. */
  owns(path: string): boolean {
    return path === this.#place.file || path === toShapesFile(this.#place.file);
  }

  /** Has it brought up to date with the routes as they are now. It waits for nothing but the list of them. */
  async refresh(): Promise<void> {
    if (!this.#follower && !this.#isWanted && !exists(this.#place.file)) return;
    try {
      const routes = toContractRoutes(await this.#project.app.routes());
      this.#follower ??= followContract(this.#place, (answer) => this.#tell(answer));
      this.#follower.update(routes);
    } catch {
      // The reload has told why there are no routes.
    }
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  #tell({ update, failure }: ContractAnswer): void {
    if (failure) tellFailure(this.#terminal, failure);
    if (!update) return;
    if (update.isOutdated) this.#terminal.say(toUpdateLine(update, this.#terminal));
    const { problems, unreadTags } = update;
    // What is wrong is told once, not with every save.
    const told = JSON.stringify([problems, unreadTags.map(({ tag, paths }) => [tag, paths])]);
    if (told !== this.#told)
      tellContractProblems(update, { terminal: this.#terminal, hint: this.#project.server.didYouMean });
    this.#told = told;
  }
}

/** Somebody's own file of that name is none of ours. */
function exists(file: string): boolean {
  try {
    return isContract(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}
