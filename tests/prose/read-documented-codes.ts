import type { Heading, RootContent } from "mdast";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { type MarkdownDocument, parseDocument } from "./markdown-document.ts";

/** UPPER_SNAKE with an underscore: a single word in capitals may be an acronym, unless it is known as a code. */
const CODE = /^[A-Z\d]+(?:_[A-Z\d]+)+$/;

/** The error codes in backticks under the heading "Errors", or `undefined` when there is no such heading. */
export function readDocumentedCodes(
  document: MarkdownDocument,
  known: ReadonlySet<string>,
): Set<string> | undefined {
  const nodes = parseDocument(document).children;
  const start = nodes.findIndex((node) => node.type === "heading" && toString(node) === "Errors");
  if (start < 0) return undefined;
  const { depth } = nodes[start] as Heading;
  const rest = nodes.slice(start + 1);
  const end = rest.findIndex((node) => node.type === "heading" && node.depth <= depth);
  return new Set(rest.slice(0, end < 0 ? undefined : end).flatMap((node) => codesIn(node, known)));
}

function codesIn(section: RootContent, known: ReadonlySet<string>): string[] {
  const codes: string[] = [];
  visit(section, "inlineCode", ({ value }) => {
    if (CODE.test(value) || known.has(value)) codes.push(value);
  });
  return codes;
}
