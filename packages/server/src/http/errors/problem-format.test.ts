import { describe, expect, it } from "vitest";
import { HttpError } from "../../errors.ts";
import { defineApi } from "../../api/define-api.ts";
import { askApi } from "../ask-api.ts";

const failing = (error: unknown) =>
  askApi(
    defineApi({
      method: "GET",
      handler() {
        throw error;
      },
    }),
  );
const notFound = failing(new HttpError({ statusCode: 404, message: "no <b>such</b> order & more" }));
const typeFor = async (accept: string | undefined) =>
  (await notFound.ask({ headers: { accept } })).headers["content-type"];

describe("an error", () => {
  it.each([
    undefined,
    "",
    "*/*",
    "application/json",
    "application/problem+json",
    "application/*",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "text/html, application/json;q=0.1",
    "image/png",
    "text/html;q=0",
    "nonsense;;q=x,",
  ])("is JSON for a client that takes it, or nothing that there is: %s", async (accept) => {
    expect(await typeFor(accept)).toBe("application/problem+json");
  });

  it.each([
    ["text/html", "text/html; charset=utf-8"],
    ["text/html, */*;q=0", "text/html; charset=utf-8"],
    ["TEXT/HTML;q=0.5, text/plain;q=0.4", "text/html; charset=utf-8"],
    ["text/*", "text/html; charset=utf-8"],
    ["text/plain", "text/plain; charset=utf-8"],
    ["text/plain, text/html;q=0.9", "text/plain; charset=utf-8"],
    ["text/html, application/json;q=0, application/problem+json;q=0", "text/html; charset=utf-8"],
  ])("is a page or a text for a client that takes no JSON: %s", async (accept, type) => {
    expect(await typeFor(accept)).toBe(type);
  });

  it("is escaped in a page, and keeps browsers from guessing", async () => {
    const { status, text, headers } = await notFound.ask({ headers: { accept: "text/html" } });
    expect(status).toBe(404);
    expect(text).toContain("<h1>404 Not Found</h1><p>no &lt;b&gt;such&lt;/b&gt; order &amp; more</p>");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-length": String(new TextEncoder().encode(text).length),
    });
  });

  it("B-73: shows its id and nothing else in every form, when it is nobody's business", async () => {
    const api = failing(new Error("password=hunter2"));
    for (const accept of ["text/html", "text/plain"]) {
      const { status, text } = await api.ask({ headers: { accept, "x-request-id": "r1" } });
      expect(status).toBe(500);
      expect(text).toContain("500 Internal Server Error");
      expect(text).toContain("r1");
      expect(text).not.toContain("hunter2");
    }
  });

  it("has the standard text of its status as title, or that of its class", async () => {
    const titleOf = async (statusCode: number) =>
      ((await failing(new HttpError({ statusCode })).ask()).json as { title: string }).title;
    expect(await titleOf(422)).toBe("Unprocessable Content");
    expect(await titleOf(499)).toBe("Bad Request");
    expect(await titleOf(599)).toBe("Internal Server Error");
  });
});
