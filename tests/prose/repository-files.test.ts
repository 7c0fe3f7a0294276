import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listFiles, readText } from "./repository-files.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "files-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe("listFiles", () => {
  test("leaves out what .gitignore names, at any depth, and git's own folder", () => {
    write(".gitignore", "node_modules/\n*.tgz\n");
    write(".git/HEAD", "");
    write("README.md", "");
    write("packages/a/node_modules/b/README.md", "");
    write("packages/a/a.tgz", "");
    write("packages/a/.hidden/c.ts", "");
    expect(listFiles(root).toSorted()).toEqual([".gitignore", "README.md", "packages/a/.hidden/c.ts"]);
  });

  test("finds this repository's sources and none of its builds", () => {
    const files = listFiles();
    expect(files).toContain("packages/pipeline/src/index.ts");
    expect(files.filter((file) => /(^|\/)(dist|node_modules|\.reports)\//.test(file))).toEqual([]);
  });
});

describe("readText", () => {
  test("gives text, and nothing for a file that is binary or gone", () => {
    write("a.txt", "text");
    write("b.bin", "a\0b");
    const texts = ["a.txt", "b.bin", "gone.ts"].map((file) => readText(file, root));
    expect(texts).toEqual(["text", undefined, undefined]);
  });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
