import { join } from "node:path";
import { assert, describe, test } from "vitest";
import { ROOT } from "../../tooling/workspace.ts";
import { readDocumentedCodes } from "./read-documented-codes.ts";
import { readErrorCodes } from "./read-error-codes.ts";
import { listFiles, readText } from "./repository-files.ts";

const files = listFiles();
const codesOf = new Map<string, string[]>();
for (const file of files) {
  const folder = /^(packages\/.+?)\/src\/(?:.+\/)?errors\.ts$/.exec(file)?.[1];
  if (folder) codesOf.set(folder, [...(codesOf.get(folder) ?? []), ...readErrorCodes([join(ROOT, file)])]);
}
const known = new Set([...codesOf.values()].flat());

describe("every error code is documented", () => {
  test.each([...codesOf])("%s", (folder, codes) => {
    const readme = `${folder}/README.md`;
    const documented = files.includes(readme) ? read(readme) : undefined;
    assert(documented, `${readme} has no section "Errors"`);
    const missing = codes.filter((code) => !documented.has(code));
    assert(missing.length === 0, `the section "Errors" of ${readme} says nothing of ${missing.join(", ")}`);
  });
});

describe("every documented error code exists", () => {
  test.each(files.filter((file) => /(^|\/)README\.md$/.test(file)))("%s", (readme) => {
    const stale = [...(read(readme) ?? [])].filter((code) => !known.has(code));
    assert(stale.length === 0, `${readme} lists ${stale.join(", ")}, which no package has`);
  });
});

function read(file: string): Set<string> | undefined {
  return readDocumentedCodes({ file, line: 1, text: readText(file) ?? "" }, known);
}
