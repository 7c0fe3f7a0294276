import { describe, expect, test } from "vitest";
import { compileExample } from "./compile-example.ts";
import { findDocstrings } from "./find-docstrings.ts";
import { toExamples } from "./to-examples.ts";

describe("an example", () => {
  test("that compiles is fine, with top-level await, browser and Node globals, and unused names", () => {
    const code = 'const body = await (await fetch("/")).text();\ndocument.title = String(process.pid);';
    expect(check(fence("ts", `${code}\nconst unused = 1;`))).toEqual([]);
  });

  test("with a wrong type is reported at its line in the file", () => {
    expect(check(`# Title\n\nText.\n\n${fence("ts", 'const a = 1;\nconst b: number = "b";')}`)).toEqual([
      "README.md:7 TS2322: Type 'string' is not assignable to type 'number'.",
    ]);
  });

  test("with a syntax error is reported", () => {
    expect(check(fence("ts", "const a = ;"))).toEqual(["README.md:2 TS1109: Expression expected."]);
  });

  test("resolves built packages by name and reports an export that does not exist", () => {
    expect(check(fence("ts", 'import { compose } from "@x/pipeline";\ncompose([]);'))).toEqual([]);
    expect(check(fence("ts", 'import { composed } from "@x/pipeline";'))).toEqual([
      expect.stringContaining("README.md:2 TS2724:"),
    ]);
  });

  test("with a module that cannot be found is told where to look", () => {
    expect(check(fence("ts", 'import { a } from "@x/nowhere";\na();'))).toEqual([
      expect.stringMatching(/^README\.md:2 TS2307: .+development dependency of the package `tests`/),
    ]);
  });

  test("is strict about what an index may give", () => {
    expect(check(fence("typescript", "const first: string = [][0];"))).toHaveLength(1);
  });

  test("may hold JSX in a tsx fence alone", () => {
    const code = "const cast = <T,>(value: unknown) => value as T;\ncast<string>(1);";
    expect(check(fence("tsx", code))).toEqual([]);
    expect(check(fence("ts", "const a = <p>text</p>;"))).not.toEqual([]);
  });

  test("in a list or a quote is found, in another language or indented it is none", () => {
    expect(check('- item\n\n  ```ts\n  const a: number = "a";\n  ```\n')).toHaveLength(1);
    expect(check('> ```ts\n> const a: number = "a";\n> ```\n')).toHaveLength(1);
    expect(check(`${fence("js", "nonsense(")}\n${fence("", "nonsense(")}\nText.\n\n    nonsense(\n`)).toEqual(
      [],
    );
  });

  test("sees neither the names nor the augmentations of another", () => {
    const pollution = fence(
      "ts",
      "declare global { interface Window { polluted: 1 } }\nexport const shared = 1;",
    );
    expect(check(`${pollution}\n${fence("ts", "shared;")}\n${fence("ts", "window.polluted;")}`)).toEqual([
      "README.md:7 TS2304: Cannot find name 'shared'.",
      expect.stringContaining("README.md:11 TS2339: Property 'polluted' does not exist"),
    ]);
  });
});

describe("ts continues", () => {
  test("is checked with the fence before it, and reported at its own line", () => {
    const markdown = `${fence("ts", "const a: number = 1;")}\nText.\n\n${fence("ts continues", "a.toFixed();\na.nope;")}`;
    expect(check(markdown)).toEqual(["README.md:9 TS2339: Property 'nope' does not exist on type 'number'."]);
  });

  test("carries on over several fences", () => {
    const second = fence("ts continues", "const b = a + 1;");
    expect(check(`${fence("ts", "const a = 1;")}\n${second}\n${fence("ts continues", "a + b;")}`)).toEqual(
      [],
    );
  });

  test("passes over a wrong variant in between", () => {
    const wrong = fence("ts continues expect-error", "const b: string = a;");
    const right = fence("ts continues", "const b: number = a;");
    expect(check(`${fence("ts", "const a = 1;")}\n${wrong}\n${right}`)).toEqual([]);
  });

  test("without an earlier fence is reported", () => {
    expect(check(fence("ts continues", ""))).toEqual(["README.md:1 there is no earlier fence to continue"]);
  });
});

describe("ts expect-error", () => {
  test("that does not compile is fine", () => {
    expect(check(fence("ts expect-error", 'const a: number = "a";'))).toEqual([]);
  });

  test("that compiles is reported", () => {
    expect(check(fence("ts expect-error", "const a = 1;"))).toEqual([
      "README.md:1 compiles, although it says expect-error",
    ]);
  });

  test("that continues a wrong fence needs an error of its own", () => {
    const wrong = fence("ts", 'const a: number = "a";');
    expect(check(`${wrong}\n${fence("ts continues expect-error", "a.toFixed();")}`)).toEqual([
      "README.md:2 TS2322: Type 'string' is not assignable to type 'number'.",
      "README.md:5 compiles, although it says expect-error",
    ]);
  });

  test.each([
    ["a missing module", 'import "@x/nowhere";', "TS2882"],
    ["a missing name", "nowhere();", "TS2304"],
    ["a syntax error", "const a = ;", "TS1109"],
  ])("does not take %s for the error that it shows", (_, code, error) => {
    expect(check(fence("ts expect-error", code))).toEqual([expect.stringContaining(`README.md:2 ${error}`)]);
  });
});

test("a word that a fence does not know is reported, for it might turn the check off", () => {
  expect(check(fence("ts no-check", "const a = 1;"))).toEqual([
    'README.md:1 a fence knows continues and expect-error, not "no-check"',
  ]);
});

describe("a docstring", () => {
  test("is found on any declaration, its example reported at the line in the source", () => {
    const source = [
      "/** No example here. */",
      "export interface Shape {",
      "  /**",
      "   * A size.",
      "   *",
      "   * @example",
      "   * ```ts",
      "   * const wide = 1;",
      '   * const size: number = "L";',
      "   * ```",
      "   */",
      "  readonly size: number;",
      "}",
      "/**",
      " * @example",
      " * ```ts",
      " * @(() => {}) // a decorator, which begins a line with an at sign",
      " * class A {}",
      ' * const size: number = "M";',
      " * ```",
      " */",
      "export const make = () => 1;",
    ].join("\n");
    const examples = findDocstrings("src/shape.ts", source).flatMap(toExamples);
    expect(examples.map(({ fence: { line } }) => line)).toEqual([7, 16]);
    expect(examples.flatMap(compileExample)).toEqual([
      "src/shape.ts:9 TS2322: Type 'string' is not assignable to type 'number'.",
      expect.stringContaining("src/shape.ts:17 TS"),
      "src/shape.ts:19 TS2322: Type 'string' is not assignable to type 'number'.",
    ]);
  });

  test("does not continue the example of another", () => {
    const source = [
      "/**\n * ```ts\n * const a = 1;\n * ```\n */\nexport const a = 1;",
      "/**\n * ```ts continues\n * const b = 1;\n * ```\n */\nexport const b = 1;",
    ].join("\n");
    const examples = findDocstrings("src/a.ts", source).flatMap(toExamples);
    expect(examples.flatMap(compileExample)).toEqual(["src/a.ts:8 there is no earlier fence to continue"]);
  });
});

function check(markdown: string): string[] {
  return toExamples({ file: "README.md", line: 1, text: markdown }).flatMap(compileExample);
}

function fence(info: string, code: string): string {
  return `\`\`\`${info}\n${code}\n\`\`\`\n`;
}
