import { posix } from "node:path";
import { findAnchors } from "./find-anchors.ts";
import { findRelativeLinks } from "./find-links.ts";
import type { MarkdownDocument } from "./markdown-document.ts";

/** Where links may lead. */
export interface LinkTargets {
  /** Every file of the repository, relative to its root. */
  readonly files: readonly string[];
  /** Reads one of them. */
  readonly read: (file: string) => string;
}

/** The relative links of a document that lead nowhere, a line each. */
export function checkLinks(document: MarkdownDocument, targets: LinkTargets): string[] {
  return findRelativeLinks(document).flatMap(({ url, line }) => {
    const fault = findFault(document, url, targets);
    return fault ? [`${document.file}:${line} ${url}: ${fault}`] : [];
  });
}

function findFault(document: MarkdownDocument, url: string, targets: LinkTargets): string | undefined {
  const { path, anchor } = split(url);
  const target = path === "" ? document.file : resolve(document.file, path);
  const file = targets.files.includes(target) ? target : undefined;
  // Looked up in the list, not on the disk: a build's output exists here, but not where the link is read.
  const isFolder = targets.files.some((other) => target === "." || other.startsWith(`${target}/`));
  if (!file && !isFolder) return `there is no ${target} in the repository`;
  if (anchor === undefined) return undefined;

  // GitHub shows a folder with its README below the list.
  const page = file ?? targets.files.find((other) => other === posix.join(target, "README.md"));
  if (!page?.endsWith(".md")) return "only headings of Markdown files have anchors that can be checked";
  const anchors = findAnchors({ file: page, line: 1, text: targets.read(page) });
  return anchors.has(anchor) ? undefined : `${page} has no heading #${anchor}`;
}

function split(url: string): { path: string; anchor: string | undefined } {
  const [rest, anchor] = url.split("#", 2);
  return { path: decode(rest!.split("?")[0]!), anchor: anchor === undefined ? undefined : decode(anchor) };
}

/** A leading slash means the root of the repository, as on GitHub. */
function resolve(from: string, path: string): string {
  const joined = path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(from), path);
  return posix.normalize(joined || ".").replace(/(?<=.)\/$/, "");
}

/** A stray percent sign is shown as part of a link that is not found, not as an exception. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
