import { type Examination, PLUGIN_POINTS, PROJECT_POINTS } from "../doctor/examine.ts";
import { type Finding, type PointId, POINTS, type Severity } from "../doctor/finding.ts";
import { toShownPlace, withShownPaths } from "../output/place.ts";
import type { Style, Terminal } from "../output/terminal.ts";
import { wrap } from "../output/wrap.ts";

const MARKS: Readonly<Record<Severity | "pass", readonly [mark: string, style: Style]>> = {
  pass: ["✓", "green"],
  info: ["i", "cyan"],
  warning: ["!", "yellow"],
  error: ["✗", "red"],
};
const BY_WEIGHT: readonly Severity[] = ["error", "warning", "info"];

/** All that an examination has found. */
export function listFindings({ plugins, project }: Examination): readonly Finding[] {
  return [...plugins.flatMap(({ findings }) => findings), ...project];
}

/** Tells people each point of each plugin and of the project, and below it what is to be said, with its place. */
export function tellExamination(examination: Examination, terminal: Terminal): void {
  for (const { name, file, line, findings } of examination.plugins) {
    terminal.line(`${terminal.paint("bold", name)}  ${terminal.paint("dim", toShownPlace({ file, line }))}`);
    for (const point of PLUGIN_POINTS) tellPoint(point, findings, terminal);
    terminal.line();
  }
  terminal.line(terminal.paint("bold", "the project"));
  for (const point of PROJECT_POINTS) tellPoint(point, examination.project, terminal);
  terminal.line();
  terminal.line(toSummary(examination));
}

/** An examination for machines: each point of each plugin with its outcome, and all findings. */
export function toExaminationDocument({ plugins, project }: Examination): Readonly<Record<string, unknown>> {
  return {
    plugins: plugins.map(({ name, file, line, findings }) => ({
      name,
      file,
      line,
      points: PLUGIN_POINTS.map((point) => toPointDocument(point, findings)),
    })),
    project: PROJECT_POINTS.map((point) => toPointDocument(point, project)),
  };
}

function toPointDocument(point: PointId, findings: readonly Finding[]): Readonly<Record<string, unknown>> {
  const own = findings.filter((finding) => finding.point === point);
  const told = own.map(({ point: _, ...finding }) => finding);
  return { point, outcome: outcomeOf(own), findings: told };
}

function tellPoint(point: PointId, findings: readonly Finding[], terminal: Terminal): void {
  const own = findings.filter((finding) => finding.point === point);
  const [mark, style] = MARKS[outcomeOf(own)];
  terminal.line(`  ${terminal.paint(style, mark)} ${POINTS[point]}`);
  for (const finding of own) {
    const place = finding.file === undefined ? "" : ` ${terminal.paint("cyan", toShownPlace(finding))}`;
    const [, severityStyle] = MARKS[finding.severity];
    terminal.line(`      ${terminal.paint(severityStyle, finding.severity)}${place}`);
    for (const line of wrap(withShownPaths(finding.message), terminal.width, "        ")) terminal.line(line);
  }
}

function outcomeOf(findings: readonly Finding[]): Severity | "pass" {
  return BY_WEIGHT.find((severity) => findings.some((finding) => finding.severity === severity)) ?? "pass";
}

function toSummary(examination: Examination): string {
  const findings = listFindings(examination);
  const count = (severity: Severity, word: string) => {
    const { length } = findings.filter((finding) => finding.severity === severity);
    return `${length} ${word}${length === 1 ? "" : "s"}`;
  };
  const plugins = examination.plugins.length;
  const counted = [count("error", "error"), count("warning", "warning"), count("info", "note")].join(", ");
  return `${plugins} plugin${plugins === 1 ? "" : "s"}: ${counted}`;
}
