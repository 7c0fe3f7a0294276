import { visit } from "unist-util-visit";
import { lineOf, type MarkdownDocument, parseDocument } from "./markdown-document.ts";

/** A link or an image, as it is written. */
export interface Link {
  readonly url: string;
  readonly line: number;
}

/** A scheme such as `https:` or `mailto:`, or a host without one. */
const ABSOLUTE = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i;
const HTML_TARGET = /\b(?:href|src)\s*=\s*["']([^"']*)["']/gi;

/** The links of a document that point into the repository, in Markdown or in HTML. */
export function findRelativeLinks(document: MarkdownDocument): Link[] {
  const links: Link[] = [];
  visit(parseDocument(document), (node) => {
    const line = lineOf(document, node);
    if (node.type === "link" || node.type === "image" || node.type === "definition")
      links.push({ url: node.url, line });
    if (node.type === "html")
      links.push(...[...node.value.matchAll(HTML_TARGET)].map(([, url]) => ({ url: url!, line })));
  });
  return links.filter(({ url }) => !ABSOLUTE.test(url));
}
