import { assert, describe, expect, test } from "vitest";
import { FORBIDDEN_TEXTS, findForbidden } from "./forbidden-text.ts";
import { listFiles, readText } from "./repository-files.ts";

// The rules name what they forbid, and the samples below hold it.
const texts = listFiles()
  .filter((file) => !/^tests\/prose\/forbidden-text\.(test\.)?ts$/.test(file))
  .map((file) => [file, readText(file)] as const);

describe("no file holds", () => {
  test.each(FORBIDDEN_TEXTS)("$name", (rule) => {
    const found = texts.flatMap(([file, text]) =>
      text === undefined ? [] : findForbidden(file, text, rule),
    );
    assert(found.length === 0, found.join("\n"));
  });
});

test.each([
  ["/work/main/package.json", "a path of one machine"],
  ["see /root/.npmrc", "a path of one machine"],
  ["'/home/ada/project/a.ts'", "a path of one machine"],
  ["file:///Users/ada/project", "a path of one machine"],
  [String.raw`C:\Users\ada`, "a path of one machine"],
  ["registry=https://registry.corp.example/npm", "a package registry of one network"],
  ["tarball: http://npm.registry.local/a.tgz", "a package registry of one network"],
  ["https://registry.npmmirror.com/a", "a package registry of one network"],
  ["npm_config_disturl_mirror=1", "a package registry of one network"],
  ["// TODO: later", "an unfinished note"],
  ["FIXME", "an unfinished note"],
])("%j is found as %s", (text, name) => {
  expect(FORBIDDEN_TEXTS.filter((rule) => findForbidden("a.ts", `fine\n${text}`, rule).length > 0)).toEqual([
    expect.objectContaining({ name }),
  ]);
});

test.each([
  "./work/main, ../root/a, src/root/b and ${folder}/work/c are relative",
  "https://example.org/work/with/us and https://example.org/home/ada/cv",
  "/home and /workers/1",
  "https://registry.npmjs.org/@x%2fpipeline",
  "registry.get(name) and plugins.registry.size",
  "a todo list with Todo items in METHODOLOGY",
])("%j is fine", (text) => {
  expect(FORBIDDEN_TEXTS.flatMap((rule) => findForbidden("a.ts", text, rule))).toEqual([]);
});

test("a finding tells where it stands and why it may not", () => {
  expect(findForbidden("docs/a.md", "one\ntwo TODO", FORBIDDEN_TEXTS[2]!)).toEqual([
    'docs/a.md:2 holds "TODO": nobody is reminded by it; open an issue, or do it',
  ]);
});
