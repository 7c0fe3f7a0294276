import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** A piece of Markdown and where it stands: a whole file, or a docstring inside one. */
export interface MarkdownDocument {
  /** Relative to the root of the repository. */
  readonly file: string;
  /** The line of the file on which the text begins, 1 for a Markdown file. */
  readonly line: number;
  readonly text: string;
}

/** The tree of a document. */
export function parseDocument(document: MarkdownDocument): Root {
  return fromMarkdown(document.text);
}

/** The line of the file on which a node of the document's tree begins. */
export function lineOf(document: MarkdownDocument, node: Nodes): number {
  return document.line + (node.position?.start.line ?? 1) - 1;
}
