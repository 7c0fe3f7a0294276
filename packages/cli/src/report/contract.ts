import type { ContractUpdate, RouteProblem } from "../contract/contract-updater.ts";
import { toShownPath, toShownPlace } from "../output/place.ts";
import type { Terminal } from "../output/terminal.ts";
import { wrap } from "../output/wrap.ts";

/** How an update is told. */
export interface ContractReport {
  readonly terminal: Terminal;
  /** Whether nothing was written. */
  readonly isDry: boolean;
  /** Gives ` Did you mean "x"?`, or nothing. */
  readonly hint: (name: string, known: Iterable<string>) => string;
}

/** What machines are told of an update. */
export function toContractDocument(update: ContractUpdate): Readonly<Record<string, unknown>> {
  const { file, isOutdated, added, changed, removed, paths, checked, problems, unreadTags } = update;
  return {
    file,
    current: !isOutdated,
    paths,
    checked,
    added,
    changed,
    removed,
    problems,
    unreadTags: unreadTags.map(({ tag, paths: writers }) => ({ tag, paths: writers })),
  };
}

/** Tells what became of the contract, method by method, then what is wrong with it. */
export function tellContract(update: ContractUpdate, { terminal, isDry, hint }: ContractReport): void {
  terminal.line(toSummary(update, isDry));
  const { added, changed, removed } = update;
  for (const [verb, names] of Object.entries({ added, changed, removed }))
    for (const name of names) terminal.line(`  ${verb.padEnd(7)}  ${toShownName(name)}`);
  tellContractProblems(update, { terminal, hint });
}

/** Tells what is wrong with a contract: routes without types, and tags that nobody reads. */
export function tellContractProblems(
  { problems, unreadTags }: ContractUpdate,
  { terminal, hint }: Omit<ContractReport, "isDry">,
): void {
  for (const problem of problems) tellProblem(problem, terminal);
  for (const { tag, paths, known } of unreadTags) {
    const label = terminal.paintNote(["yellow", "bold"], "warning");
    const writers = paths.map((path) => `/${path}`).join(", ");
    const text = `no API reads the tag "${tag}", written by ${writers}.${hint(tag, known)}`;
    const [first = "", ...rest] = wrap(text, terminal.width - 8);
    terminal.note([`${label} ${first}`, ...rest.map((line) => `        ${line}`)].join("\n"));
  }
}

/** The line that says what was done. */
function toSummary({ file, isOutdated, paths }: ContractUpdate, isDry: boolean): string {
  const name = toShownPath(file);
  const count = `${paths} ${paths === 1 ? "path" : "paths"}`;
  if (!isOutdated) return `${name} is current: ${count}`;
  return isDry ? `${name} is not current: run x types` : `Wrote ${name}: ${count}`;
}

/** As many as one reads at a glance. */
const MAX_NAMES = 4;

/** What a running command says of an update: one line. */
export function toUpdateLine(update: ContractUpdate, terminal: Terminal): string {
  const { file, added, changed, removed } = update;
  const parts = Object.entries({ added, changed, removed }).flatMap(([verb, names]) =>
    names.map((name) => `${verb} /${name.slice(0, name.lastIndexOf(" "))}`),
  );
  const unique = [...new Set(parts)];
  const shown = unique.slice(0, MAX_NAMES).join(", ");
  const more = unique.length > MAX_NAMES ? ` and ${unique.length - MAX_NAMES} more` : "";
  const name = `${terminal.paint("cyan", "wrote")} ${toShownPath(file)}`;
  return shown === "" ? name : `${name}: ${shown}${more}`;
}

function tellProblem(problem: RouteProblem, terminal: Terminal): void {
  const label = terminal.paintNote(["red", "bold"], "error");
  const what = problem.isPartial ? "not all of its types" : "no types";
  terminal.note(`${label} /${problem.path} has ${what}`);
  terminal.note(`  ${terminal.paintNote("cyan", toShownPlace(problem))}`);
  for (const line of wrap(problem.message, terminal.width, "    ")) terminal.note(line);
}

/** `POST /orders/create` for `orders/create POST`. */
function toShownName(name: string): string {
  const space = name.lastIndexOf(" ");
  return `${name.slice(space + 1).padEnd(6)}  /${name.slice(0, space)}`;
}
