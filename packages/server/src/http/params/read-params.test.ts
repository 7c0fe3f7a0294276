import { assert, asyncProperty, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { Plugin } from "../../types.ts";
import { askApi } from "../ask-api.ts";
import { BODY_SOURCE, type BodySource } from "../body-source.ts";
import type { HttpConfig } from "../config/http-config.ts";
import { HttpPlugin } from "../http-plugin.ts";
import { collectBytes } from "./read-bytes.ts";

const echo = (config: HttpConfig = {}, plugins: readonly Plugin[] = []) =>
  askApi(
    defineApi({
      method: ["POST", "GET"],
      plugins: [...plugins, new HttpPlugin({ config })],
      handler: ({ params }) => ({ params }),
    }),
  );
const api = echo();
const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

/** What an adapter gives: bytes that arrive in chunks of one. */
function trickle(bytes: Uint8Array): BodySource {
  const stream = (): ReadableStream<Uint8Array> => new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const slowly = (): ReadableStream<Uint8Array> =>
    stream().pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          for (const byte of chunk) controller.enqueue(new Uint8Array([byte]));
        },
      }),
    );
  return { [BODY_SOURCE]: true, stream: slowly, bytes: (maxBytes) => collectBytes(slowly(), maxBytes) };
}

describe("params", () => {
  it("are empty where nothing comes", async () => {
    expect((await api.ask()).json).toEqual({ params: {} });
  });

  it("hold the query, with an array for a name that comes again", async () => {
    const { json } = await api.ask({ method: "GET", queryString: "a=1&b=x+y%21&a=2&a=3&c&%zz=%" });
    expect(json).toEqual({ params: { a: ["1", "2", "3"], b: "x y!", c: "", "%zz": "%" } });
  });

  it("hold query and body in one, and the body wins", async () => {
    const request = { queryString: "a=query&b=query", headers: JSON_TYPE, body: '{"b":"body","c":[1]}' };
    expect((await api.ask(request)).json).toEqual({ params: { a: "query", b: "body", c: [1] } });
  });

  it.each(["[1,2]", "1", '"text"', "false", "null"])(
    "are a body without fields, such as %s",
    async (body) => {
      const params = JSON.parse(body) as unknown;
      expect((await api.ask({ headers: JSON_TYPE, body })).json).toEqual({ params });
      expect((await api.ask({ queryString: "a=1", headers: JSON_TYPE, body })).json).toEqual({ params });
    },
  );

  it.each([
    "application/json; charset=utf-8",
    'Application/JSON;charset="UTF-8"',
    "application/merge-patch+json",
    "application/vnd.api+json; version=1",
  ])("come from JSON of the type %s", async (type) => {
    expect((await api.ask({ headers: { "content-type": type }, body: '{"a":1}' })).json).toEqual({
      params: { a: 1 },
    });
  });

  it("come from a form", async () => {
    const body = "a=1&a=2&b=%C5%BC+%26";
    expect((await api.ask({ headers: FORM_TYPE, body })).json).toEqual({
      params: { a: ["1", "2"], b: "ż &" },
    });
  });

  it.each([
    ["text", '{"a":"ż"}'],
    ["bytes", new TextEncoder().encode('{"a":"ż"}')],
    ["an array buffer", new TextEncoder().encode('{"a":"ż"}').buffer],
    ["a stream", new Blob(['{"a":"ż"}']).stream()],
    ["an adapter's source", trickle(new TextEncoder().encode('{"a":"ż"}'))],
    ["a value that is parsed already", { a: "ż" }],
  ])("B-76: come whole from %s", async (_, body) => {
    expect((await api.ask({ headers: JSON_TYPE, body })).json).toEqual({ params: { a: "ż" } });
  });

  it("B-76: UTF-8 that is split across chunks arrives whole", async () => {
    await assert(
      asyncProperty(string({ unit: "grapheme" }), async (text) => {
        const body = trickle(new TextEncoder().encode(JSON.stringify({ text })));
        expect((await api.ask({ headers: JSON_TYPE, body })).json).toEqual({ params: { text } });
      }),
      { numRuns: 50 },
    );
  });

  it("may begin with a byte order mark", async () => {
    const body = new TextEncoder().encode('\uFEFF{"a":1}');
    expect((await api.ask({ headers: JSON_TYPE, body })).json).toEqual({ params: { a: 1 } });
  });

  it("are empty for an empty body, whatever its type", async () => {
    for (const body of ["", new Uint8Array(), trickle(new Uint8Array())])
      for (const headers of [JSON_TYPE, FORM_TYPE, { "content-type": "image/png" }, {}])
        expect((await api.ask({ headers, body })).json).toEqual({ params: {} });
    const headers = { "content-length": "0", "content-type": "text/plain" };
    expect((await api.ask({ headers, body: trickle(new Uint8Array()) })).json).toEqual({ params: {} });
  });

  it("stay as a plugin further out has given them", async () => {
    const giving: Plugin = {
      type: "giving",
      name: "giving",
      async onInvoke(data, next) {
        data.params = { given: true };
        await next();
      },
    };
    expect((await echo({}, [giving]).post({ a: 1 })).json).toEqual({ params: { given: true } });
  });

  it("leave the body to the handler when they are told to", async () => {
    const raw = askApi(
      defineApi({
        plugins: [new HttpPlugin({ config: { parseBody: false } })],
        handler: ({ event, params }) => ({ params, body: event.body }),
      }),
    );
    const request = { queryString: "a=1", headers: { "content-type": "text/plain" }, body: "signed" };
    expect((await raw.ask(request)).json).toEqual({ params: { a: "1" }, body: "signed" });
  });
});

describe("a body that cannot be read", () => {
  it.each(["{", '{"a":1}}', "undefined", " ", "{'a':1}", '{"a":1,}', "[".repeat(100_000)])(
    "is 400 for malformed JSON: %.20s",
    async (body) => {
      const { status, json, text } = await api.ask({ headers: JSON_TYPE, body });
      expect({ status, json }).toMatchObject({ status: 400, json: { code: "MALFORMED_JSON" } });
      expect(text).not.toContain("position");
    },
  );

  it.each([
    ["JSON", JSON_TYPE],
    ["a form", FORM_TYPE],
  ])("is 400 for %s that is no UTF-8", async (_, headers) => {
    for (const body of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc3, 0x28, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ])
      expect(await api.ask({ headers, body: new Uint8Array(body) })).toMatchObject({
        status: 400,
        json: { code: "INVALID_ENCODING" },
      });
  });

  it.each([
    "text/plain",
    "application/xml",
    "application/octet-stream",
    "json",
    "",
    "application/jsonp",
    "multipart/mixed; boundary=a",
    "application/json; charset=latin1",
    "application/json;charset=utf-16",
    "application/x-www-form-urlencoded; charset=iso-8859-1",
  ])("is 415 for the type %j", async (type) => {
    expect(await api.ask({ headers: { "content-type": type }, body: "{}" })).toMatchObject({
      status: 415,
      json: { code: "UNSUPPORTED_MEDIA_TYPE" },
    });
  });

  it("is 415 without a type, at once where its length is told", async () => {
    expect(await api.ask({ body: "{}" })).toMatchObject({ status: 415 });
    const body: BodySource = {
      [BODY_SOURCE]: true,
      bytes: () => Promise.reject(new Error("was read")),
      stream: () => new ReadableStream(),
    };
    expect(await api.ask({ headers: { "content-length": "2" }, body })).toMatchObject({ status: 415 });
  });

  it("B-76: is 413 when it is over the limit, whatever it comes as", async () => {
    const small = echo({ maxBodyBytes: 10 });
    const text = '{"a":12345}';
    const bytes = new TextEncoder().encode(text);
    for (const body of [text, bytes, new Blob([text]).stream(), trickle(bytes)])
      expect(await small.ask({ headers: JSON_TYPE, body })).toMatchObject({
        status: 413,
        json: { code: "BODY_TOO_LARGE" },
      });
    expect(await small.ask({ headers: JSON_TYPE, body: '{"a":1234}' })).toMatchObject({ status: 200 });
  });

  it("B-76: is 413 by its content-length alone, before a byte is read", async () => {
    const body: BodySource = {
      [BODY_SOURCE]: true,
      bytes: () => Promise.reject(new Error("was read")),
      stream: () => new ReadableStream(),
    };
    const headers = { ...JSON_TYPE, "content-length": "1048577" };
    expect(await api.ask({ headers, body })).toMatchObject({ status: 413 });
  });

  it("is 413 with more fields than are allowed, of the query and of a form", async () => {
    const small = echo({ maxFields: 2 });
    const fields = "a=1&a=2&a=3";
    expect(await small.ask({ queryString: fields })).toMatchObject({
      status: 413,
      json: { code: "TOO_MANY_FIELDS" },
    });
    expect(await small.ask({ headers: FORM_TYPE, body: fields })).toMatchObject({ status: 413 });
    expect(await small.ask({ queryString: "a=1&a=2" })).toMatchObject({ status: 200 });
  });

  it("is what its source says", async () => {
    const { HttpError } = await import("../../errors.ts");
    const body: BodySource = {
      [BODY_SOURCE]: true,
      bytes: () => Promise.reject(new HttpError({ statusCode: 408, message: "too slow" })),
      stream: () => new ReadableStream(),
    };
    expect(await api.ask({ headers: JSON_TYPE, body })).toMatchObject({ status: 408 });
  });
});
