import { assert, asyncProperty, nat, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { askApi } from "../ask-api.ts";
import type { HttpConfig } from "../config/http-config.ts";
import { HttpPlugin } from "../http-plugin.ts";

const echo = (config: HttpConfig = {}) =>
  askApi(
    defineApi({
      plugins: [new HttpPlugin({ config })],
      async handler({ params }) {
        const shown: Record<string, unknown> = {};
        for (const [name, value] of Object.entries(params)) shown[name] = await show(value);
        return shown;
      },
    }),
  );
const api = echo();

async function show(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(show));
  if (!(value instanceof File)) return value;
  return { name: value.name, type: value.type, text: await value.text() };
}

/** A form as a browser sends it. */
async function send(form: FormData, asked = api) {
  const request = new Request("http://localhost", { method: "POST", body: form });
  const headers = { "content-type": request.headers.get("content-type")! };
  return asked.ask({ headers, body: await request.bytes() });
}

const sendRaw = (text: string, boundary = "b", asked = api) =>
  asked.ask({ headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, body: text });

const part = (disposition: string, body = "x") =>
  `--b\r\ncontent-disposition: ${disposition}\r\n\r\n${body}\r\n`;

describe("a multipart form", () => {
  it("gives texts and files, and arrays for names that come again", async () => {
    const form = new FormData();
    form.append("title", "żółw");
    form.append("tag", "a");
    form.append("tag", "b");
    form.append("file", new File(["one"], "ż.txt", { type: "text/plain" }));
    form.append("file", new File(["two"], "two.bin"));
    expect((await send(form)).json).toEqual({
      title: "żółw",
      tag: ["a", "b"],
      file: [
        { name: "ż.txt", type: "text/plain", text: "one" },
        { name: "two.bin", type: "application/octet-stream", text: "two" },
      ],
    });
  });

  it("keeps bytes as they are, line breaks and what looks like a boundary among them", async () => {
    const bytes = new Uint8Array(5000).map((_, index) => (index * 7) % 256);
    const file = new File([bytes, "\r\n--", bytes], "a");
    const checking = askApi(
      defineApi({
        handler: async ({ params }) => {
          const sent = params["file"];
          return (
            sent instanceof File && Buffer.from(await sent.bytes()).equals(Buffer.from(await file.bytes()))
          );
        },
      }),
    );
    const form = new FormData();
    form.append("file", file);
    expect((await send(form, checking)).json).toBe(true);
  });

  it("joins the query, and wins", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const body = `${part("form-data; name=a", "form")}--b--\r\n`;
    expect((await api.ask({ queryString: "a=query&b=query", headers, body })).json).toEqual({
      a: "form",
      b: "query",
    });
  });

  it("has no file where a file input was left empty", async () => {
    const empty = `--b\r\ncontent-disposition: form-data; name="f"; filename=""\r\ncontent-type: application/octet-stream\r\n\r\n\r\n`;
    expect((await sendRaw(`${empty}--b--\r\n`)).json).toEqual({});
  });

  it("knows names as browsers and curl escape them, and keeps no path of them", async () => {
    const names = [
      'filename="a%22b.txt"',
      'filename="a\\"b.txt"',
      'filename="C:\\fakepath\\c.txt"',
      'filename="../../etc/passwd"',
      "filename=plain.txt",
    ];
    const parts = names.map((name) => part(`form-data; name="f"; ${name}`)).join("");
    const { json } = await sendRaw(`${parts}--b--\r\n`);
    const { f } = json as { f: readonly { name: string }[] };
    expect(f.map(({ name }) => name)).toEqual(['a"b.txt', 'a"b.txt', "c.txt", "passwd", "plain.txt"]);
  });

  it("may be empty, and may quote its boundary", async () => {
    expect((await sendRaw("--b--\r\n")).json).toEqual({});
    expect((await sendRaw(`${part('form-data; name="a"')}--b--`, '"b"')).json).toEqual({ a: "x" });
  });
});

describe("a multipart form over a limit", () => {
  const form = new FormData();
  form.append("a", "1");
  form.append("b", "2");
  form.append("f", new File(["12345"], "f"));
  form.append("g", new File(["12345"], "g"));

  it.each([
    [{ maxFields: 1 }, "TOO_MANY_FIELDS"],
    [{ maxFiles: 1 }, "TOO_MANY_FILES"],
    [{ maxFileBytes: 4 }, "FILE_TOO_LARGE"],
    [{ maxBodyBytes: 100 }, "BODY_TOO_LARGE"],
    [{ maxFields: 0, maxFiles: 1 }, "TOO_MANY_FIELDS"],
  ])("of %j is 413 %s", async (config, code) => {
    expect(await send(form, echo(config))).toMatchObject({ status: 413, json: { code } });
  });

  it("is fine at its limits", async () => {
    const config = { maxFields: 2, maxFiles: 2, maxFileBytes: 5 };
    expect(await send(form, echo(config))).toMatchObject({ status: 200 });
  });
});

describe("a multipart form that is malformed", () => {
  const good = `${part('form-data; name="a"')}--b--\r\n`;

  it.each([
    ["has no boundary", "multipart/form-data", good],
    ["has an empty boundary", "multipart/form-data; boundary=", good],
    ["has a boundary that is too long", `multipart/form-data; boundary=${"b".repeat(71)}`, good],
    ["has another boundary", "multipart/form-data; boundary=c", good],
    ["is cut off in a part", "multipart/form-data; boundary=b", good.slice(0, -10)],
    ["is cut off in a header", "multipart/form-data; boundary=b", good.slice(0, 20)],
    ["is nothing of the kind", "multipart/form-data; boundary=b", '{"a":1}'],
    ["has a part without a name", "multipart/form-data; boundary=b", `${part("form-data")}--b--`],
    ["has a part without a header", "multipart/form-data; boundary=b", "--b\r\n\r\n\r\nx\r\n--b--"],
    ["has an endless header", "multipart/form-data; boundary=b", `--b\r\nx: ${"y".repeat(10_000)}`],
  ])("is 400 when it %s", async (_, type, body) => {
    expect(await api.ask({ headers: { "content-type": type }, body })).toMatchObject({
      status: 400,
      json: { code: "MALFORMED_BODY" },
    });
  });

  it("is never a 500, wherever bytes were lost, added or changed", async () => {
    const whole = new TextEncoder().encode(
      `${part('form-data; name="a"')}${part('form-data; name="f"; filename="f.txt"\r\ncontent-type: text/plain')}--b--\r\n`,
    );
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    await assert(
      asyncProperty(nat(whole.length), nat(10), uint8Array({ maxLength: 10 }), async (at, lost, added) => {
        const body = Buffer.concat([whole.subarray(0, at), added, whole.subarray(at + lost)]);
        expect([200, 400]).toContain((await api.ask({ headers, body })).status);
      }),
      { numRuns: 500 },
    );
  });

  it("is 400 when a text in it is no UTF-8", async () => {
    const body = Buffer.from(`${part('form-data; name="a"', "\xff")}--b--`, "latin1");
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    expect(await api.ask({ headers, body })).toMatchObject({ status: 400 });
  });

  it("is 400 when a name would reach a prototype", async () => {
    expect(await sendRaw(`${part('form-data; name="__proto__"')}--b--`)).toMatchObject({
      status: 400,
      json: { code: "FORBIDDEN_KEY" },
    });
  });
});
