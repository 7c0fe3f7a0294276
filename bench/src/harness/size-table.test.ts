import { expect, it } from "vitest";
import { sizeTable } from "./size-table.ts";

it("shows kibibytes by what was bundled", () => {
  expect(sizeTable(new Map([["core", { minified: 10_240, gzipped: 3_584 }]]))).toBe(
    ["|      | minified | gzipped |", "| ---- | -------: | ------: |", "| core |    10.00 |    3.50 |"].join(
      "\n",
    ),
  );
});
