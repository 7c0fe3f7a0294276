import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { replaceRegion, writeRegion } from "./readme-region.ts";

const readme = "# Title\n\n<!-- bench:compose -->\nold\n<!-- /bench:compose -->\n\nAfter.\n";

describe("replaceRegion", () => {
  it("replaces what is between the markers and nothing else", () => {
    expect(replaceRegion(readme, "compose", "new\n")).toBe(
      "# Title\n\n<!-- bench:compose -->\n\nnew\n\n<!-- /bench:compose -->\n\nAfter.\n",
    );
  });

  it("changes nothing more the second time", () => {
    const once = replaceRegion(readme, "compose", "new")!;
    expect(replaceRegion(once, "compose", "new")).toBe(once);
  });

  it("takes the content as it is, replacement patterns included", () => {
    expect(replaceRegion(readme, "compose", "$& $1 $`")).toContain("\n$& $1 $`\n");
  });

  it("knows only its own region", () => {
    expect(replaceRegion(readme, "client", "new")).toBeUndefined();
  });

  it("needs both markers, in order", () => {
    expect(replaceRegion("<!-- bench:compose -->", "compose", "new")).toBeUndefined();
    expect(replaceRegion("<!-- /bench:compose --><!-- bench:compose -->", "compose", "new")).toBeUndefined();
  });
});

describe("writeRegion", () => {
  it("writes into a file with markers, and leaves an absent one or one without them alone", () => {
    const folder = mkdtempSync(join(tmpdir(), "region-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = pathToFileURL(join(folder, "README.md"));

    expect(writeRegion(file, "compose", "new")).toBe(false);
    writeFileSync(file, "# Title\n");
    expect(writeRegion(file, "compose", "new")).toBe(false);
    expect(readFileSync(file, "utf8")).toBe("# Title\n");
    writeFileSync(file, readme);
    expect(writeRegion(file, "compose", "new")).toBe(true);
    expect(readFileSync(file, "utf8")).toContain("new");
  });
});
