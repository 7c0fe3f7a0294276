import type { Problem } from "./problem.ts";

/** A problem as it goes out. */
export interface FormattedProblem {
  readonly contentType: string;
  readonly body: string;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

/**
 * Writes a problem as JSON, or as a small page or a line of text for clients whose `accept` leaves JSON out and one of
 * these in.
 *
 * @throws Where `errors` hold what JSON has no form for.
 */
export function formatProblem(problem: Problem, accept: string | undefined): FormattedProblem {
  // Nearly all clients of an API say nothing, or that they take anything.
  if (accept === undefined || accept === "*/*" || accept === "application/json") return toJson(problem);
  const ranges = accept.split(",").map(toRange);
  if (qualityOf("application", ranges, "json", "problem+json") > 0) return toJson(problem);
  const html = qualityOf("text", ranges, "html");
  const plain = qualityOf("text", ranges, "plain");
  if (html === 0 && plain === 0) return toJson(problem);
  return html >= plain ? toHtml(problem) : toText(problem);
}

function toJson(problem: Problem): FormattedProblem {
  return { contentType: "application/problem+json", body: JSON.stringify(problem) };
}

function toText({ status, title, detail, id }: Problem): FormattedProblem {
  const lines = [`${status} ${title}`, detail, id].filter((line) => line !== undefined);
  return { contentType: "text/plain; charset=utf-8", body: `${lines.join("\n")}\n` };
}

function toHtml({ status, title, detail, id }: Problem): FormattedProblem {
  const heading = escape(`${status} ${title}`);
  const paragraphs = [detail, id]
    .map((text) => (text === undefined ? "" : `<p>${escape(text)}</p>`))
    .join("");
  return {
    contentType: "text/html; charset=utf-8",
    body: `<!doctype html><meta charset="utf-8"><title>${heading}</title><h1>${heading}</h1>${paragraphs}\n`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

function toRange(text: string): Range {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith("q="));
  const quality = given === undefined ? 1 : Number(given.slice(2));
  return { type, quality: Number.isFinite(quality) ? quality : 1 };
}

/** How much a client wants one of the subtypes: by the range that names it most closely. */
function qualityOf(type: string, ranges: readonly Range[], ...subtypes: readonly string[]): number {
  const named = ranges.filter((range) => subtypes.some((subtype) => range.type === `${type}/${subtype}`));
  const typed = ranges.filter((range) => range.type === `${type}/*`);
  const any = ranges.filter((range) => range.type === "*/*");
  const closest = [named, typed, any].find((group) => group.length > 0) ?? [];
  return Math.max(0, ...closest.map(({ quality }) => quality));
}
