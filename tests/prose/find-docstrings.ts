import ts from "typescript";
import type { MarkdownDocument } from "./markdown-document.ts";

/** Every docstring of a source file as Markdown, its lines kept where they are so that positions stay true. */
export function findDocstrings(file: string, source: string): MarkdownDocument[] {
  const sourceFile = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const docstrings = new Set<ts.JSDoc>();
  visit(sourceFile);
  return [...docstrings].map((docstring) => ({
    file,
    line: sourceFile.getLineAndCharacterOfPosition(docstring.pos).line + 1,
    text: toMarkdown(source.slice(docstring.pos, docstring.end)),
  }));

  function visit(node: ts.Node): void {
    // A function in a `const` is given the docstring of its statement too, hence the set.
    for (const found of ts.getJSDocCommentsAndTags(node)) if (ts.isJSDoc(found)) docstrings.add(found);
    ts.forEachChild(node, visit);
  }
}

/**
 * Takes the stars away. TypeScript's own text of an `@example` is no help here: it ends at the first `@` that
 * begins a line, and a decorator inside the example is such a one.
 */
function toMarkdown(comment: string): string {
  return comment
    .slice("/**".length, -"*/".length)
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n");
}
