import { describe, expect, it } from "vitest";
import { parseYaml } from "./parse-yaml.ts";

async function places(text: string): Promise<string[]> {
  const { faults } = await parseYaml(text, "/app/faas.yaml");
  return faults.map(({ line, column, keyPath = [] }) => `${line}:${column} ${keyPath.join(".")}`);
}

describe("parseYaml", () => {
  it.each([
    ["a tab as indentation", "a:\n\tb: 1", "2:1 a"],
    ["a key twice", "a:\n  b: 1\n  b: 2", "3:3 a.b"],
    ["a second document", "a: 1\n---\nb: 1", "2:1 a"],
    ["a quote that is not closed", "a: 'b\n", "2:1 a"],
    ["a variable in braces without quotes", "a: { b: ${B} }", "1:10 a.b"],
    ["an unknown tag", "a: !env B", "1:4 a"],
    ["a known tag", "a: !!binary aGk=", "1:4 a"],
    ["an unknown directive", "%NO 1\n---\na: 1", "1:1 "],
    ["an alias without an anchor", "a: *b", "1:4 a"],
    ["a value that holds itself", "a: &a { b: [*a] }", "1:13 a.b.0.b.0"],
    ["a key that is a list", "a:\n  ? [b]\n  : c", "2:5 a.0"],
    ["a merge key with text", "a:\n  <<: b", "2:3 a.<<"],
    ["a variable in a key", "a:\n  ${B}: 1", "2:3 a.${B}"],
    ["a variable that is not complete", "a: ${B", "1:4 a"],
  ])("B-65: %s is one fault with its place", async (_, text, place) => {
    expect(await places(text)).toEqual([place]);
  });

  it("ten lines of aliases that stand for a billion values are refused in no time", async () => {
    const lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"];
    for (let i = 1; i < 10; i += 1)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    expect(await places(lines.join("\n"))).toHaveLength(1);
  });

  it.each([
    ["brackets", "[".repeat(100_000)],
    ["closed brackets", `a: ${"[".repeat(300)}${"]".repeat(300)}`],
    ["blocks", Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("nesting without end is refused: %s", async (_, text) => {
    const { root, faults } = await parseYaml(text, "/app/faas.yaml");
    expect(faults.length).toBeGreaterThan(0);
    // Read from another place, so that the assertion does not print it.
    expect(root === undefined || root.kind === "map").toBe(true);
  });

  it("B-71: a broken file is not quoted, in messages or key paths", async () => {
    const texts = [
      "a:\n  secret: planted-secret\n bad planted-secret\n  x: [\n",
      "a: 'planted-secret\n",
      'a: "\\planted-secret"',
      "a: @planted-secret",
      "a: planted-secret: planted-secret",
      "a: |planted-secret\n  b",
      "a: !planted-secret b",
      "a: *planted-secret",
      "%planted-secret\n---\na: 1",
      "a: ${planted-secret}",
      "-----BEGIN planted-secret KEY-----\nplanted-secret+/=: 1\n\tb",
    ];
    for (const text of texts) {
      const { faults } = await parseYaml(text, "/app/faas.yaml");
      expect(faults).not.toEqual([]);
      expect(JSON.stringify(faults)).not.toContain("planted-secret");
    }
  });

  it("keys are text whatever they look like, and values have their YAML 1.2 types", async () => {
    const { root, faults } = await parseYaml(
      "1: 0x1f\nyes: yes\nnull: ~\ntrue: 2026-01-01\n",
      "/app/faas.yaml",
    );
    expect(faults).toEqual([]);
    const entries = root?.kind === "map" ? [...root.entries] : [];
    expect(entries.map(([key, node]) => [key, node.kind === "scalar" && node.value])).toEqual([
      ["1", 31],
      ["yes", "yes"],
      ["null", null],
      ["true", "2026-01-01"],
    ]);
  });
});
