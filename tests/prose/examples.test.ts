import { assert, describe, test } from "vitest";
import { compileExample } from "./compile-example.ts";
import { findDocstrings } from "./find-docstrings.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { listFiles, readText } from "./repository-files.ts";
import { toExamples } from "./to-examples.ts";

// Changelogs and changesets tell of the past: what they show need not compile against the present.
const PAST = /(^|\/)CHANGELOG\.md$|^\.changeset\//;
const SOURCE = /^packages\/(?:.+\/)?src\/.+\.tsx?$/;

const files = listFiles();
const documents = [
  ...files.filter((file) => file.endsWith(".md") && !PAST.test(file)).map(toDocument),
  ...files.filter((file) => SOURCE.test(file)).flatMap((file) => findDocstrings(file, readText(file) ?? "")),
];

describe("prose is checked", () => {
  for (const example of documents.flatMap(toExamples)) {
    const { file, line } = example.fence;
    test(`${file}:${line} ${example.expectsError ? "does not compile" : "compiles"}`, () => {
      const faults = compileExample(example);
      assert(faults.length === 0, faults.join("\n"));
    });
  }
});

function toDocument(file: string): MarkdownDocument {
  return { file, line: 1, text: readText(file) ?? "" };
}
