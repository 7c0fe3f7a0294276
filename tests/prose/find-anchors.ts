import GithubSlugger from "github-slugger";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { type MarkdownDocument, parseDocument } from "./markdown-document.ts";

const HTML_ANCHOR = /\b(?:id|name)\s*=\s*["']([^"']+)["']/gi;

/** What a `#fragment` may name in a document: its headings by GitHub's slugs, and explicit HTML anchors. */
export function findAnchors(document: MarkdownDocument): Set<string> {
  // The slugger counts repeated headings, so each document needs its own.
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  visit(parseDocument(document), (node) => {
    if (node.type === "heading") anchors.add(slugger.slug(toString(node)));
    if (node.type === "html") for (const [, name] of node.value.matchAll(HTML_ANCHOR)) anchors.add(name!);
  });
  return anchors;
}
