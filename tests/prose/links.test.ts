import { assert, describe, test } from "vitest";
import { checkLinks } from "./check-links.ts";
import { listFiles, readText } from "./repository-files.ts";

const files = listFiles();
const read = (file: string) => readText(file) ?? "";

describe("links and anchors resolve", () => {
  test.each(files.filter((file) => file.endsWith(".md")))("%s", (file) => {
    const faults = checkLinks({ file, line: 1, text: read(file) }, { files, read });
    assert(faults.length === 0, faults.join("\n"));
  });
});
