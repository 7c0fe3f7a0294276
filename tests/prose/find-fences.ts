import { visit } from "unist-util-visit";
import { lineOf, type MarkdownDocument, parseDocument } from "./markdown-document.ts";

/** A fenced block of TypeScript. */
export interface Fence {
  readonly file: string;
  /** The line of the opening fence; the code begins on the next. */
  readonly line: number;
  readonly jsx: boolean;
  /** What stands after the language, such as `continues`. */
  readonly words: readonly string[];
  readonly code: string;
}

const LANGUAGES = new Set(["ts", "typescript", "tsx"]);

/** The TypeScript fences of a document, top to bottom, those in lists and quotes included. */
export function findFences(document: MarkdownDocument): Fence[] {
  const fences: Fence[] = [];
  visit(parseDocument(document), "code", (node) => {
    const language = node.lang?.toLowerCase();
    if (!language || !LANGUAGES.has(language)) return;
    fences.push({
      file: document.file,
      line: lineOf(document, node),
      jsx: language === "tsx",
      words: node.meta?.split(/\s+/) ?? [],
      code: node.value,
    });
  });
  return fences;
}
