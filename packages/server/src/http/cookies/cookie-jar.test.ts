import { array, assert, asyncProperty, constantFrom, oneof, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { ApiData, Plugin } from "../../types.ts";
import { askApi } from "../ask-api.ts";
import { HttpPlugin } from "../http-plugin.ts";

const running = (handler: (data: ApiData) => unknown, cookie?: object) =>
  askApi(
    defineApi({
      plugins: [new HttpPlugin({ config: { ...(cookie && { cookie }) } })],
      handler: (data) => handler(data as ApiData),
    }),
  );
const reading = (...names: readonly string[]) =>
  running(({ cookie }) => names.map((name) => cookie.get(name) ?? null));
const setting = async (handler: (data: ApiData) => unknown, headers = {}) =>
  (await running(handler).ask({ headers })).headers["set-cookie"];

describe("the cookies of a request", () => {
  it("are read by name, decoded, the first of a name", async () => {
    const cookie = 'a=1; b=%C5%BC; c="quoted"; a=2; d=';
    expect((await reading("a", "b", "c", "d", "e").ask({ headers: { cookie } })).json).toEqual([
      "1",
      "ż",
      '"quoted"',
      "",
      null,
    ]);
  });

  it.each([
    "=",
    ";",
    "a",
    "a=%zz",
    "a=%E0%A4%A",
    "; ; =; a==;",
    "\u0000=\u0001",
    "__proto__=1; constructor=2",
  ])("B-74: never fail it, malformed as %j may be", async (cookie) => {
    expect((await reading("a", "b").ask({ headers: { cookie } })).status).toBe(200);
  });

  it("B-74: have no names that mean a prototype", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    expect((await reading(...names).ask()).json).toEqual([null, null, null, null]);
    const cookie = names.map((name) => `${name}=x`).join("; ");
    expect((await reading(...names).ask({ headers: { cookie } })).json).toEqual(["x", "x", "x", "x"]);
  });

  it("B-74: never fail it, whatever the header and whatever is asked for", async () => {
    await assert(
      asyncProperty(
        oneof(
          string({ unit: "binary" }),
          array(constantFrom("a", "=", ";", " ", "%", '"', "__proto__")).map((parts) => parts.join("")),
        ),
        oneof(string(), constantFrom("__proto__", "constructor", "a")),
        async (cookie, name) => {
          const { status, json } = await reading(name).ask({ headers: { cookie } });
          expect(status).toBe(200);
          expect(typeof (json as unknown[])[0] === "string" || (json as unknown[])[0] === null).toBe(true);
        },
      ),
    );
  });

  it("B-74: come back as they were set, whatever their value", async () => {
    await assert(
      asyncProperty(string({ unit: "grapheme" }), async (value) => {
        const line = await setting(({ cookie }) => cookie.set("a", value));
        const cookie = String(line).split(";")[0]!;
        expect((await reading("a").ask({ headers: { cookie } })).json).toEqual([value]);
      }),
    );
  });
});

describe("a cookie that is set", () => {
  it("is for HTTPS, for this site and out of scripts' reach, unless something else is said", async () => {
    expect(await setting(({ cookie }) => cookie.set("a", "1"))).toEqual([
      "a=1; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it("has the attributes that are given with it, over those of the configuration", async () => {
    const api = running(
      ({ cookie }) => {
        cookie.set("a", "1", {
          maxAgeSeconds: 60,
          domain: "example.com",
          httpOnly: false,
          sameSite: "strict",
        });
        cookie.set("b", "2", { expires: new Date(0), path: undefined, partitioned: true, secure: true });
      },
      { secure: false, path: "/app" },
    );
    expect((await api.ask()).headers["set-cookie"]).toEqual([
      "a=1; Max-Age=60; Domain=example.com; Path=/app; SameSite=Strict",
      "b=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; Partitioned; SameSite=Lax",
    ]);
  });

  it("is read back by the same request, and so is one that is deleted", async () => {
    const api = running(({ cookie }) => {
      const before = cookie.get("a");
      cookie.set("b", "2");
      cookie.delete("a");
      return [before, cookie.get("b"), cookie.get("a") ?? null];
    });
    expect((await api.ask({ headers: { cookie: "a=1" } })).json).toEqual(["1", "2", null]);
  });

  it("is sent once, as it was set last", async () => {
    const lines = await setting(({ cookie }) => {
      cookie.set("a", "1");
      cookie.set("a", "2");
      cookie.set("a", "3", { path: "/other" });
    });
    expect(lines).toHaveLength(2);
    expect(lines?.[0]).toMatch(/^a=2;/);
  });

  it("is forgotten by a line with the same path and domain", async () => {
    const line = await setting(({ cookie }) => cookie.delete("a", { path: "/x", domain: "example.com" }));
    expect(line).toEqual([
      "a=; Max-Age=0; Domain=example.com; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it("B-74: joins those of plugins, of setHeader and of a Response", async () => {
    const before: Plugin = {
      type: "before",
      name: "before",
      async onInvoke(data, next) {
        data.cookie?.set("early", "1");
        await next();
        data.setHeader?.("set-cookie", "late=1");
      },
    };
    const api = askApi(
      defineApi({
        plugins: [before, new HttpPlugin()],
        handler({ setHeader }) {
          setHeader("Set-Cookie", ["raw=1", "raw2=1"]);
          const headers = new Headers([
            ["set-cookie", "response=1"],
            ["set-cookie", "response2=1"],
          ]);
          return new Response("", { headers });
        },
      }),
    );
    const lines = (await api.ask()).headers["set-cookie"] as string[];
    expect(lines.map((line) => line.split("=")[0])).toEqual([
      "response",
      "response2",
      "raw",
      "raw2",
      "late",
      "early",
    ]);
  });

  it("is sent with an error that the client is told of, and not with one that nobody foresaw", async () => {
    const { HttpError } = await import("../../errors.ts");
    const throwing = (error: unknown) =>
      setting(({ cookie }) => {
        cookie.delete("a");
        throw error;
      });
    expect(await throwing(new HttpError({ statusCode: 401 }))).toHaveLength(1);
    expect(await throwing(new Error("x"))).toBeUndefined();
  });

  it.each<[string, (data: ApiData) => unknown]>([
    ["a name with a space", ({ cookie }) => cookie.set("a b", "1")],
    ["a name with a line break", ({ cookie }) => cookie.set("a\r\nx", "1")],
    ["no name", ({ cookie }) => cookie.set("", "1")],
    ["a path with a semicolon", ({ cookie }) => cookie.set("a", "1", { path: "/;x" })],
    ["a domain that is none", ({ cookie }) => cookie.set("a", "1", { domain: "a\r\nb" })],
    ["an age that is no whole number", ({ cookie }) => cookie.set("a", "1", { maxAgeSeconds: 1.5 })],
    ["an expiry that is no date", ({ cookie }) => cookie.set("a", "1", { expires: new Date(NaN) })],
    [
      "sameSite none without secure",
      ({ cookie }) => cookie.set("a", "1", { sameSite: "none", secure: false }),
    ],
    [
      "partitioned without secure",
      ({ cookie }) => cookie.set("a", "1", { partitioned: true, secure: false }),
    ],
    ["__Secure- without secure", ({ cookie }) => cookie.set("__Secure-a", "1", { secure: false })],
    ["__Host- with a domain", ({ cookie }) => cookie.set("__Host-a", "1", { domain: "example.com" })],
    ["__Host- with another path", ({ cookie }) => cookie.set("__host-a", "1", { path: "/x" })],
    // A caller without types may well give a number.
    ["a value that is no text", ({ cookie }) => cookie.set("a", 1 as unknown as string)],
  ])("is refused with a code where browsers would drop it: %s", async (_, handler) => {
    const api = running((data) => {
      try {
        handler(data);
        return "was taken";
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    const { json, headers } = await api.ask();
    expect(json).toBe("INVALID_REPLY");
    expect(headers["set-cookie"]).toBeUndefined();
  });
});
