import { describe, expect, it } from "vitest";
import { HttpError } from "../../errors.ts";
import { defineApi } from "../../api/define-api.ts";
import { askApi } from "../ask-api.ts";
import type { CorsConfig } from "../config/http-config.ts";
import { HttpPlugin } from "../http-plugin.ts";

const LISTED = "https://app.example.com";

function serving(cors: CorsConfig | undefined, handler: () => unknown = () => 1) {
  const ran: string[] = [];
  const plugin = {
    type: "spy",
    name: "spy",
    onInvoke: async (_: unknown, next: () => Promise<void>) => {
      ran.push("plugin");
      await next();
    },
  };
  const api = askApi(
    defineApi({
      method: ["GET", "POST"],
      plugins: [new HttpPlugin({ config: { cors } }), plugin],
      handler,
    }),
  );
  return { ...api, ran };
}

/** What clients read of errors and tags, whatever is configured. */
const EXPOSED = "api-error, api-reads, api-writes";

/** What of a reply concerns other origins. */
const corsOf = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(access-control-|vary)/.test(name)));

describe("an origin", () => {
  const { ask } = serving({
    origins: [LISTED, "https://*.example.org"],
    credentials: true,
    exposeHeaders: ["x-a", "x-b"],
  });
  const asking = async (origin?: string) => corsOf((await ask({ headers: { origin } })).headers);

  it("may read replies when it is listed", async () => {
    expect(await asking(LISTED)).toEqual({
      "access-control-allow-origin": LISTED,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "x-a, x-b, api-error, api-reads, api-writes",
      vary: "Origin",
    });
  });

  it("may read a header of contracts once, when it is listed as well", async () => {
    const { ask: asked } = serving({ origins: [LISTED], exposeHeaders: ["API-Error", "x-a"] });
    expect((await asked({ headers: { origin: LISTED } })).headers["access-control-expose-headers"]).toBe(
      "API-Error, x-a, api-reads, api-writes",
    );
  });

  it.each(["https://a.example.org", "https://a.b-c.example.org"])(
    "may when a pattern covers it: %s",
    async (origin) => {
      expect(await asking(origin)).toMatchObject({ "access-control-allow-origin": origin });
    },
  );

  it.each([
    undefined,
    "null",
    "",
    "https://evil.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.com",
    "https://evilapp.example.com",
    "https://app.example.com/",
    "HTTPS://APP.EXAMPLE.COM",
    "https://example.org",
    "https://evil.com/.example.org",
    "https://evil.com#.example.org",
    "https://evil.com:1.example.org",
    "https://a.exampleXorg",
    "https://.example.org",
    "https://a@example.org",
    "https://a.example.org\r\nx: y",
    `${LISTED}, https://evil.com`,
  ])("B-78: is told nothing when it is not: %s", async (origin) => {
    expect(await asking(origin)).toEqual({ vary: "Origin" });
  });

  it("B-78: may be any when all are allowed, and never with credentials", async () => {
    const any = serving({ origins: "*" });
    expect(corsOf((await any.ask({ headers: { origin: "https://evil.com" } })).headers)).toEqual({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": EXPOSED,
      vary: "Origin",
    });
    for (const origins of ["*", ["*", LISTED]] as const)
      expect(() => new HttpPlugin({ config: { cors: { origins, credentials: true } } })).toThrow(
        expect.objectContaining({ code: "INVALID_CONFIG" }),
      );
  });

  it("is told nothing at all where nothing is configured", async () => {
    expect(corsOf((await serving(undefined).ask({ headers: { origin: LISTED } })).headers)).toEqual({});
  });
});

describe("what a page of a listed origin gets", () => {
  const failing = (error: unknown) =>
    serving({ origins: [LISTED] }, () => {
      throw error;
    });
  const headers = { origin: LISTED };
  const readable = {
    "access-control-allow-origin": LISTED,
    "access-control-expose-headers": EXPOSED,
    vary: "Origin",
  };

  it("B-78: it can read when it is an error: 400, 405, 409, 413, 500", async () => {
    const good = serving({ origins: [LISTED] });
    const replies = [
      await failing(new HttpError({ statusCode: 409 })).ask({ headers }),
      await failing(new Error("x")).ask({ headers }),
      await good.ask({ headers, method: "PUT" }),
      await good.post("x", { ...headers, "content-length": "9999999" }),
      await good.ask({
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: "{",
      }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([409, 500, 405, 413, 400]);
    for (const reply of replies) expect(corsOf(reply.headers)).toEqual(readable);
  });

  it("keeps what the handler varies by", async () => {
    const varying = (vary: string) =>
      askApi(
        defineApi({
          plugins: [new HttpPlugin({ config: { cors: { origins: [LISTED] } } })],
          handler: ({ setHeader }) => setHeader("vary", vary),
        }),
      ).ask({ headers });
    expect((await varying("Accept")).headers["vary"]).toBe("Accept, Origin");
    expect((await varying("accept, origin")).headers["vary"]).toBe("accept, origin");
    expect((await varying("*")).headers["vary"]).toBe("*");
  });
});

describe("a preflight", () => {
  const asking = async (cors: CorsConfig, headers: Readonly<Record<string, string>>) => {
    const api = serving(cors);
    const reply = await api.reply({ method: "OPTIONS", headers });
    expect(reply).toMatchObject({ status: 204, body: null, headers: { allow: "GET, POST, HEAD, OPTIONS" } });
    expect(api.ran).toEqual([]);
    return corsOf(reply.headers);
  };
  const request = {
    origin: LISTED,
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type, x-a",
  };

  it("allows the methods of the API and the headers that are asked for, without running a plugin", async () => {
    expect(await asking({ origins: [LISTED], credentials: true }, request)).toEqual({
      "access-control-allow-origin": LISTED,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, POST, HEAD, OPTIONS",
      "access-control-allow-headers": "content-type, x-a",
      "access-control-max-age": "600",
      vary: "Origin, Access-Control-Request-Headers",
    });
  });

  it("allows what is configured, what clients send of contracts, and no more", async () => {
    const cors = { origins: [LISTED], methods: ["post"], headers: ["content-type"], maxAgeSeconds: 5 };
    expect(await asking(cors, request)).toEqual({
      "access-control-allow-origin": LISTED,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type, api-contract",
      "access-control-max-age": "5",
      vary: "Origin",
    });
  });

  it("B-78: allows nothing to an origin that is not listed", async () => {
    expect(
      await asking({ origins: [LISTED], credentials: true }, { ...request, origin: "https://evil.com" }),
    ).toEqual({
      vary: "Origin",
    });
  });

  it("gives back no header names that are none", async () => {
    const headers = { ...request, "access-control-request-headers": "x-a\r\nset-cookie: a=b" };
    expect(await asking({ origins: [LISTED] }, headers)).not.toHaveProperty("access-control-allow-headers");
  });
});
