import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  object,
  oneof,
  string,
  tuple,
  uint8Array,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { askApi } from "../ask-api.ts";

const api = askApi(defineApi({ handler: ({ params }) => ({ params }) }));
const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

describe("keys that mean a prototype", () => {
  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"a":[{"b":{"__proto__":1}}]}',
    '{"\\u005f_proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"a":{"construct\\u006fr":{"prototype":1}}}',
  ])("are 400 in JSON: %s", async (body) => {
    expect(await api.ask({ headers: JSON_TYPE, body })).toMatchObject({
      status: 400,
      json: { code: "FORBIDDEN_KEY" },
    });
  });

  it("are 400 in a query, a form and a value that was parsed elsewhere", async () => {
    expect(await api.ask({ queryString: "a=1&__proto__=1" })).toMatchObject({ status: 400 });
    expect(await api.ask({ headers: FORM_TYPE, body: "%5F_proto__=1" })).toMatchObject({ status: 400 });
    const body = JSON.parse('{"a":{"__proto__":{"b":1}}}') as unknown;
    expect(await api.ask({ body })).toMatchObject({ status: 400 });
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect((await api.ask({ body: cycle })).status).toBe(500);
  });

  it("do no harm as text, nor as names of plain fields", async () => {
    const fields = {
      constructor: "a",
      prototype: "b",
      toString: "c",
      hasOwnProperty: "d",
      text: "__proto__",
    };
    expect((await api.post(fields)).json).toEqual({ params: fields });
    const queryString = new URLSearchParams(fields).toString();
    expect((await api.ask({ queryString })).json).toEqual({ params: fields });
  });

  it("are found in an array with more items than a call can have arguments", async () => {
    const items = `${"1,".repeat(200_000)}{"__proto__":1}`;
    expect(await api.ask({ headers: JSON_TYPE, body: `[${items}]` })).toMatchObject({ status: 400 });
  });

  const names = oneof(
    constantFrom("__proto__", "constructor", "prototype", "toString", "valueOf", "a", "b"),
    string(),
  );
  const FORBIDDEN = { status: 400, code: "FORBIDDEN_KEY" };

  it("never change a prototype, whatever the query", async () => {
    await assert(
      asyncProperty(array(tuple(names, string())), async (pairs) => {
        const queryString = new URLSearchParams(pairs).toString();
        const expected = new Map<string, string[]>();
        for (const [name, value] of new URLSearchParams(queryString))
          expected.set(name, [...(expected.get(name) ?? []), value]);
        const params = Object.fromEntries(
          [...expected].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
        );
        const { json } = await api.ask({ queryString });
        expect(json).toMatchObject(expected.has("__proto__") ? FORBIDDEN : { params });
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });

  it("never change a prototype, whatever the JSON", async () => {
    await assert(
      asyncProperty(object({ key: names, withNullPrototype: false }), async (value) => {
        const text = JSON.stringify(value);
        const { status, json } = await api.ask({ headers: JSON_TYPE, body: text });
        expect(json).toMatchObject(status === 200 ? { params: JSON.parse(text) } : FORBIDDEN);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });
});

describe("any query and any body", () => {
  it("are answered, never with a 500", async () => {
    const types = constantFrom(
      "application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=b",
      "multipart/form-data",
      "text/plain",
    );
    const encodings = constantFrom(undefined, "gzip", "deflate", "br");
    await assert(
      asyncProperty(string(), types, encodings, uint8Array(), async (queryString, type, encoding, body) => {
        const headers = { "content-type": type, "content-encoding": encoding };
        expect((await api.ask({ queryString, headers, body })).status).not.toBe(500);
      }),
      { numRuns: 300 },
    );
  });
});
