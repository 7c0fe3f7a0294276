import { expect, it } from "vitest";
import { formatMail } from "../jobs/format-mail.ts";
import { toCsvLine } from "../jobs/to-csv-line.ts";

it("a line of CSV holds whatever people type, and none of it becomes a formula", () => {
  expect(toCsvLine(["1001", "plain", "a, b", 'say "hi"', "two\nlines"])).toBe(
    '1001,plain,"a, b","say ""hi""","two\nlines"\r\n',
  );
  expect(toCsvLine(["=1+1", "@sum", "-2", "+49 30"])).toBe("'=1+1,'@sum,'-2,'+49 30\r\n");
});

it("a name cannot add headers to a mail", () => {
  const mail = formatMail({
    id: 7,
    totalCents: 1_250,
    placedAt: new Date("2026-11-21T08:00:00Z"),
    customer: 'Eve"\r\nBcc: all@mail.example',
    email: "eve@mail.example",
    shopId: "harbour",
    shop: "Harbour",
    lines: [{ name: "Sencha", quantity: 2, unitCents: 625 }],
  });
  const [headers = "", body] = mail.split("\r\n\r\n");
  expect(headers).not.toMatch(/^Bcc:/m);
  expect(headers).toContain("Date: Sat, 21 Nov 2026 08:00:00 +0000");
  expect(body).toBe("Thank you. You have ordered:");
  expect(mail).toContain("2 x Sencha: 12.50 EUR");
});
