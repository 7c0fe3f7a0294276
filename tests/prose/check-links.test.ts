import { describe, expect, test } from "vitest";
import { checkLinks } from "./check-links.ts";

const repository = new Map([
  ["README.md", "# Project\n\n## `compose(steps)` & friends\n\n## Same\n\n## Same\n"],
  ["docs/guide.md", '# Guide\n\n<a id="by-hand"></a>\n'],
  ["docs/with space.md", "# Spaced"],
  ["packages/pipeline/README.md", "# @x/pipeline\n\n## Errors\n"],
  ["packages/pipeline/src/index.ts", ""],
  ["LICENSE", ""],
]);

describe("a link that resolves is fine", () => {
  test.each([
    ["to a file", "[guide](docs/guide.md)"],
    ["to a file without an extension", "[MIT](LICENSE)"],
    ["to a folder", "[sources](packages/pipeline/src/) [packages](./packages)"],
    ["to the root", "[top](.) [again](/)"],
    ["from the root", "[guide](/docs/guide.md)"],
    ["to an encoded path", "[spaced](docs/with%20space.md)"],
    ["with a query", "![picture](LICENSE?raw=true)"],
    ["to its own heading", "# Here we go\n\n[here](#here-we-go)"],
    ["to a heading with code and punctuation", "[compose](README.md#composesteps--friends)"],
    ["to a repeated heading", "[second](README.md#same-1)"],
    ["to an HTML anchor", "[anchor](docs/guide.md#by-hand)"],
    ["to a heading of a folder's README", "[errors](packages/pipeline#errors)"],
    ["by reference", "[guide][g]\n\n[g]: docs/guide.md"],
    ["out of the repository", "[web](https://example.org/nowhere) <mailto:a@b.c> [host](//example.org/x)"],
  ])("%s", (_, text) => {
    expect(check(text)).toEqual([]);
  });
});

describe("a link that leads nowhere is reported with its line", () => {
  test.each([
    ["a missing file", "[a](docs/gone.md)", "docs/gone.md: there is no docs/gone.md in the repository"],
    ["a folder's name in part", "[a](pack)", "pack: there is no pack in the repository"],
    ["wrong case", "[a](Docs/guide.md)", "Docs/guide.md: there is no Docs/guide.md in the repository"],
    [
      "a way out",
      "[a](../other/README.md)",
      "../other/README.md: there is no ../other/README.md in the repository",
    ],
    ["an image", "![a](gone.png)", "gone.png: there is no gone.png in the repository"],
    ["HTML", '<img src="gone.png">', "gone.png: there is no gone.png in the repository"],
    ["a missing heading", "[a](README.md#nope)", "README.md#nope: README.md has no heading #nope"],
    ["a missing heading of its own", "[a](#nope)", "#nope: START.md has no heading #nope"],
    [
      "one repetition too many",
      "[a](README.md#same-2)",
      "README.md#same-2: README.md has no heading #same-2",
    ],
    [
      "an anchor in source code",
      "[a](packages/pipeline/src/index.ts#L3)",
      "packages/pipeline/src/index.ts#L3: only headings of Markdown files have anchors that can be checked",
    ],
    ["a stray percent sign", "[a](100%.md)", "100%.md: there is no 100%.md in the repository"],
  ])("%s", (_, text, fault) => {
    expect(check(`Text.\n\n${text}`)).toEqual([`START.md:3 ${fault}`]);
  });

  test("relative to the folder of the document", () => {
    const document = { file: "docs/guide.md", line: 1, text: "[a](../README.md) [b](README.md)" };
    expect(checkLinks(document, targets("docs/guide.md", ""))).toEqual([
      "docs/guide.md:1 README.md: there is no docs/README.md in the repository",
    ]);
  });

  test("links inside code are none", () => {
    expect(check("`[a](gone.md)`\n\n```md\n[a](gone.md)\n```\n")).toEqual([]);
  });
});

function check(text: string): string[] {
  return checkLinks({ file: "START.md", line: 1, text }, targets("START.md", text));
}

function targets(file: string, text: string) {
  const files = new Map(repository).set(file, repository.get(file) ?? text);
  return { files: [...files.keys()], read: (path: string) => files.get(path)! };
}
