import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDocumentedCodes } from "./read-documented-codes.ts";
import { readErrorCodes } from "./read-error-codes.ts";

describe("the codes of a package", () => {
  test("are the members of exported types named *ErrorCode", () => {
    const source =
      'export type ShopErrorCode = "OUT_OF_STOCK" | "SOLD";\ntype InnerErrorCode = "INNER_CODE";';
    expect(readCodes(`${source}\nexport type Other = "NO_CODE";`)).toEqual(["OUT_OF_STOCK", "SOLD"]);
  });

  test("are found however the union is written", () => {
    const table = "export const codes = { NOT_FOUND: 404, TOO_MANY: 429 };";
    expect(
      readCodes(`${table}\nexport type ShopErrorCode = keyof typeof codes | "ONE_MORE";`).toSorted(),
    ).toEqual(["NOT_FOUND", "ONE_MORE", "TOO_MANY"]);
  });

  test("cannot be any string", () => {
    expect(() => readCodes("export type ShopErrorCode = string;")).toThrow("is no union of string literals");
  });
});

describe("the documented codes", () => {
  test("are those in backticks in the section Errors, up to the next heading of its depth", () => {
    const text = [
      "# Shop\n\n`BEFORE_IT`\n",
      "## Errors\n\n| code | when |\n| --- | --- |\n| `OUT_OF_STOCK` | `HTTP` says so, BARE_WORD |\n",
      "### More\n\n- `SOLD_OUT`, `lower_case`\n",
      "## Next\n\n`AFTER_IT`",
    ].join("\n");
    expect([...documented(text)!]).toEqual(["OUT_OF_STOCK", "SOLD_OUT"]);
  });

  test("have an underscore, or are known to be codes", () => {
    expect([...documented("## Errors\n\n`HTTP` `TIMEOUT` `NOT_FOUND`", "TIMEOUT")!]).toEqual([
      "TIMEOUT",
      "NOT_FOUND",
    ]);
  });

  test("are none without the section", () => {
    expect(documented("# Shop\n\n`OUT_OF_STOCK`")).toBeUndefined();
  });
});

function readCodes(source: string): string[] {
  return readErrorCodes([], new Map([[join(import.meta.dirname, "in-memory.ts"), source]]));
}

function documented(text: string, ...known: string[]): Set<string> | undefined {
  return readDocumentedCodes({ file: "README.md", line: 1, text }, new Set(known));
}
