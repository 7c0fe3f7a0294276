import { format } from "prettier";
import { expect, it } from "vitest";
import { markdownTable } from "./markdown-table.ts";

it("pads columns and aligns them", () => {
  expect(
    markdownTable(
      ["what", "ns"],
      [
        ["one", "5"],
        ["eleven", "1234"],
      ],
      ["left", "right"],
    ),
  ).toBe(["| what   |   ns |", "| ------ | ---: |", "| one    |    5 |", "| eleven | 1234 |"].join("\n"));
});

it("escapes a cell that would end early, and fills in one that is missing", () => {
  expect(markdownTable(["a", "b"], [["x|y"]])).toBe(
    ["| a    | b   |", "| ---- | --- |", "| x\\|y |     |"].join("\n"),
  );
});

it("is how prettier would write it", async () => {
  const table = markdownTable(
    ["", "≤ 1.05 × base", "n"],
    [["10 steps", "1.02 (0.99–1.10)", "1"]],
    ["left", "right", "right"],
  );
  expect(await format(table, { parser: "markdown" })).toBe(`${table}\n`);
});
