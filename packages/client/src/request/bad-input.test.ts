import { describe, expect, it } from "vitest";
import type { Client, ClientConfig } from "../client/client-types.ts";
import { fetchTransport, inProcessTransport } from "../transport/fetch-transport.ts";
import { expectHarmless } from "../test-support/expect-harmless.ts";
import { answerWith, serve } from "../test-support/serve.ts";
import type { Transport } from "../transport/transport.ts";

const getPosts = (client: Client) => client.get("posts");

/** A transport that must not be asked. */
const unreachable: Transport = () =>
  Promise.reject(new Error("a request that should have failed before was sent"));

describe("a body that is not what it says", () => {
  it("malformed JSON: INVALID_JSON with the text", async () => {
    const { origin } = await serve(answerWith('{"a":', "application/json"));
    const error = await expectHarmless({ code: "INVALID_JSON", status: 200 }, getPosts, { baseUrl: origin });
    expect(error.body).toBe('{"a":');
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });

  it("a page where JSON is wanted: INVALID_JSON with the page", async () => {
    const { origin } = await serve(answerWith("<h1>Log in</h1>", "text/html"));
    const error = await expectHarmless(
      { code: "INVALID_JSON", status: 200 },
      (client) => client.get("posts", { responseType: "json" }),
      { baseUrl: origin },
    );
    expect(error.body).toBe("<h1>Log in</h1>");
  });

  it("a failure with malformed JSON is still that failure's status", async () => {
    const { origin } = await serve(answerWith("<h1>bad gateway</h1>", "application/json", 502));
    await expectHarmless({ code: "INVALID_JSON", status: 502 }, getPosts, { baseUrl: origin });
  });

  it("no form where a form is wanted: NETWORK_ERROR with the cause", async () => {
    const { origin } = await serve(answerWith("text", "text/plain"));
    const error = await expectHarmless(
      { code: "NETWORK_ERROR" },
      (client) => client.get("posts", { responseType: "formData" }),
      { baseUrl: origin },
    );
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});

describe("a function that gives no headers", () => {
  const failure = new Error("no token");
  it.each<[string, ClientConfig["headers"]]>([
    [
      "throws",
      () => {
        throw failure;
      },
    ],
    ["rejects", () => Promise.reject(failure)],
  ])("but %s: HEADERS_FAILED with the cause", async (_how, headers) => {
    const error = await expectHarmless({ code: "HEADERS_FAILED" }, getPosts, {
      headers: headers!,
      transport: unreachable,
    });
    expect(error.cause).toBe(failure);
  });

  it.each(["Bearer 1", 1, true, ["x-a", "1"], new Headers({ "x-a": "1" }), () => ({})])(
    "but %o: HEADERS_FAILED",
    async (nonsense) => {
      await expectHarmless({ code: "HEADERS_FAILED" }, getPosts, {
        headers: async () => nonsense as never,
        transport: unreachable,
      });
    },
  );

  it.each([undefined, null, {}])("but %o gives none, and the request is sent without", async (nothing) => {
    const transport: Transport = async ({ headers }) => ({ status: 418, data: headers });
    const headers = async () => nothing as never;
    const error = await expectHarmless({ code: "HTTP_ERROR", status: 418 }, getPosts, { headers, transport });
    expect(error.body).toEqual({ accept: "application/json, */*;q=0.5" });
  });

  it("but names and values that no header can have: NETWORK_ERROR with the cause", async () => {
    const { origin } = await serve(answerWith("{}", "application/json"));
    for (const headers of [{ "no name": "1" }, { "x-a": "two\nlines" }]) {
      const error = await expectHarmless({ code: "NETWORK_ERROR" }, getPosts, { headers, baseUrl: origin });
      expect(error.cause).toBeInstanceOf(TypeError);
    }
  });
});

describe("a request that cannot be written", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;

  it.each<[string, string, (client: Client) => ReturnType<typeof getPosts>]>([
    ["a circular body", "INVALID_BODY", (client) => client.post("posts", { body: circular })],
    ["a BigInt body", "INVALID_BODY", (client) => client.post("posts", { body: { id: 1n } })],
    ["a circular query", "INVALID_QUERY", (client) => client.get("posts", { query: circular })],
    [
      "an invalid date",
      "INVALID_QUERY",
      (client) => client.get("posts", { query: { at: new Date(Number.NaN) } }),
    ],
    ["a missing param", "MISSING_PARAM", (client) => client.request("posts/:id")],
    [
      "a param that leaves its segment",
      "INVALID_PARAM",
      (client) => client.get("posts/:id", { params: { id: ".." } }),
    ],
  ])("%s: %s, and nothing is sent", async (_what, code, send) => {
    await expectHarmless({ code: code as "INVALID_BODY" }, send, { transport: unreachable });
  });

  it("a body on a GET: NETWORK_ERROR with the platform's cause", async () => {
    const error = await expectHarmless(
      { code: "NETWORK_ERROR" },
      (client) => client.request("posts", { body: { a: 1 } }),
      { transport: inProcessTransport(() => Response.json(1)) },
    );
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});

describe("a transport that", () => {
  const refused = new Error("refused");

  it.each<[string, Transport]>([
    [
      "throws",
      () => {
        throw refused;
      },
    ],
    ["rejects", () => Promise.reject(refused)],
    ["is fetch and rejects", fetchTransport({ fetch: () => Promise.reject(refused) })],
    [
      "is fetch and throws",
      fetchTransport({
        fetch: () => {
          throw refused;
        },
      }),
    ],
  ])("%s: NETWORK_ERROR with the cause", async (_how, transport) => {
    const error = await expectHarmless({ code: "NETWORK_ERROR" }, getPosts, { transport });
    expect(error.cause).toBe(refused);
  });

  it.each([undefined, null, "refused", 0, Symbol("refused"), Object.create(null), { code: "ABORTED" }])(
    "rejects with %o, which is no error: NETWORK_ERROR with that as its cause",
    async (reason) => {
      const transport: Transport = () => Promise.reject(reason);
      const error = await expectHarmless({ code: "NETWORK_ERROR" }, getPosts, { transport });
      expect(error.cause).toBe(reason);
      // Also where somebody waits with a signal or a limit.
      const { signal } = new AbortController();
      await expectHarmless(
        { code: "NETWORK_ERROR" },
        (client) => client.get("posts", { signal, timeoutMs: 1e9 }),
        {
          transport,
        },
      );
    },
  );

  it.each([
    undefined,
    null,
    "text",
    {},
    { data: 1 },
    { status: "200" },
    { status: Number.NaN },
    { status: null },
  ])("answers %o, which is no response: NETWORK_ERROR", async (answer) => {
    await expectHarmless({ code: "NETWORK_ERROR" }, getPosts, { transport: async () => answer as never });
  });

  it("answers with fetch, but with no Response: NETWORK_ERROR", async () => {
    const transport = fetchTransport({ fetch: async () => ({ ok: true }) as Response });
    await expectHarmless({ code: "NETWORK_ERROR" }, getPosts, { transport });
  });
});
