import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HttpError } from "../errors.ts";
import { askApi } from "../http/ask-api.ts";
import { testApi } from "../testing/test-api.ts";
import type { Plugin } from "../types.ts";
import { defineApi } from "./define-api.ts";

const outOfStock = z.object({ sku: z.string(), left: z.number().default(0) });

describe("an error that an API declares", () => {
  it("leaves with its code in the header, its data in the body, and 409 where it says no status", async () => {
    const api = defineApi({
      errors: { OUT_OF_STOCK: outOfStock },
      handler({ errors }) {
        throw errors.OUT_OF_STOCK({ sku: "milk", left: 2 });
      },
    });
    const { ask, lines } = askApi(api);
    const reply = await ask();
    expect(reply).toMatchObject({ status: 409, headers: { "api-error": "OUT_OF_STOCK" } });
    expect(reply.headers["content-type"]).toBe("application/problem+json");
    expect(reply.json).toEqual({
      type: "about:blank",
      title: "Conflict",
      status: 409,
      detail: "HTTP 409",
      code: "OUT_OF_STOCK",
      data: { sku: "milk", left: 2 },
    });
    expect(lines.map(({ level }) => level)).toEqual(["debug"]);
  });

  it("has the status and the message that it declares, and those that a throw says otherwise", async () => {
    const api = defineApi({
      errors: { LOCKED: { status: 423, message: "somebody edits it", schema: z.object({ by: z.string() }) } },
      handler({ params, errors }) {
        const options = params["loud"]
          ? {
              message: "Ada edits it",
              headers: { "retry-after": "5", "api-error": "OTHER" },
              cause: "a lock",
              statusCode: 200,
            }
          : { message: undefined };
        throw errors.LOCKED({ by: "ada" }, options);
      },
    });
    const { ask } = askApi(api);
    expect((await ask()).json).toMatchObject({
      status: 423,
      detail: "somebody edits it",
      data: { by: "ada" },
    });
    const loud = await ask({ queryString: "loud=1" });
    expect(loud.json).toMatchObject({ status: 423, detail: "Ada edits it" });
    expect(loud.headers).toMatchObject({ "retry-after": "5", "api-error": "LOCKED" });
  });

  it("needs no data, and then has none, whatever it is given", async () => {
    const api = defineApi({
      errors: { GONE_ALREADY: { status: 410 } },
      handler({ errors }) {
        throw errors.GONE_ALREADY("a secret" as never);
      },
    });
    const reply = await askApi(api).ask();
    expect(reply).toMatchObject({ status: 410, headers: { "api-error": "GONE_ALREADY" } });
    expect(reply.json).not.toHaveProperty("data");
  });

  it("sends what its schema makes of the data: defaults filled in, the undeclared left out", async () => {
    const api = defineApi({
      errors: { OUT_OF_STOCK: outOfStock },
      handler({ errors }) {
        throw errors.OUT_OF_STOCK({ sku: "milk", password: "planted" } as never);
      },
    });
    const { text, json } = await askApi(api).ask();
    expect(json).toMatchObject({ data: { sku: "milk", left: 0 } });
    expect(text).not.toContain("planted");
  });

  it("is what plugins see, and may catch", async () => {
    const seen: unknown[] = [];
    const recover: Plugin = {
      type: "recover",
      name: "recover",
      async onInvoke(data, next) {
        try {
          await next();
        } catch (error) {
          seen.push(error);
          data.response = "recovered";
        }
      },
    };
    const api = defineApi({
      plugins: [recover],
      errors: { OUT_OF_STOCK: outOfStock },
      handler({ errors }) {
        throw errors.OUT_OF_STOCK({ sku: "milk" });
      },
    });
    expect(await askApi(api).ask()).toMatchObject({ status: 200, text: '"recovered"' });
    expect(seen).toMatchObject([{ name: "HttpError", code: "OUT_OF_STOCK", data: { sku: "milk" } }]);
    expect(seen[0]).toBeInstanceOf(HttpError);
  });

  it("is what a test reads as well, and what a direct invoke rejects with", async () => {
    const api = defineApi({
      errors: { OUT_OF_STOCK: outOfStock },
      handler({ errors }): number {
        throw errors.OUT_OF_STOCK({ sku: "milk" });
      },
    });
    const { statusCode, error } = await testApi(api)();
    expect([statusCode, error]).toMatchObject([
      409,
      { code: "OUT_OF_STOCK", data: { sku: "milk", left: 0 } },
    ]);
    await expect(api.invoke({})).rejects.toMatchObject({ code: "OUT_OF_STOCK", data: { sku: "milk" } });
  });

  it("may be checked by an asynchronous schema", async () => {
    const schema = z.object({ sku: z.string() }).refine(async ({ sku }) => sku !== "bad");
    const api = defineApi({
      errors: { OUT_OF_STOCK: schema },
      handler({ params, errors }) {
        throw errors.OUT_OF_STOCK({ sku: params["sku"] as string });
      },
    });
    const { ask } = askApi(api);
    expect((await ask({ queryString: "sku=good" })).json).toMatchObject({ data: { sku: "good" } });
    expect((await ask({ queryString: "sku=bad" })).status).toBe(500);
  });
});

/** A schema that breaks down asynchronously. */
const rejecting = {
  "~standard": {
    version: 1 as const,
    vendor: "test",
    validate: (): Promise<{ value: unknown }> => Promise.reject(new Error("planted")),
  },
};

describe("data that do not fit what an API declares", () => {
  const failing = {
    "of the wrong type": [outOfStock, { sku: 1, secret: "planted" }],
    "that JSON has no form for": [z.any(), { secret: "planted", left: 1n }],
    "whose schema throws": [
      z.any().transform(() => {
        throw new Error("planted");
      }),
      {},
    ],
    "whose schema rejects": [rejecting, {}],
  } as const;

  it.each(Object.entries(failing))(
    "B-73: %s are a 500 that tells nothing, logged in full",
    async (_, [schema, data]) => {
      const api = defineApi({
        errors: { OUT_OF_STOCK: schema },
        handler({ errors }) {
          throw errors.OUT_OF_STOCK(data as never);
        },
      });
      const { ask, lines } = askApi(api);
      const reply = await ask();
      expect(reply.status).toBe(500);
      expect(reply.headers).not.toHaveProperty("api-error");
      expect(Object.keys(reply.json as object)).toEqual(["type", "title", "status", "id"]);
      expect(lines.filter(({ level }) => level === "error")).toMatchObject([
        { fields: { err: expect.any(Error) } },
      ]);
    },
  );

  it("are told in the log with path and message", async () => {
    const api = defineApi({
      errors: { OUT_OF_STOCK: outOfStock },
      handler({ errors }) {
        throw errors.OUT_OF_STOCK({ sku: 1 } as never);
      },
    });
    const { ask, lines } = askApi(api);
    await ask();
    const line = lines.find(({ level }) => level === "error");
    expect(line?.fields["err"]).toMatchObject({ code: "INVALID_REPLY", cause: { code: "OUT_OF_STOCK" } });
    expect(line?.message).toContain("OUT_OF_STOCK do not fit its schema: sku: ");
  });
});

describe("any other error of an API that declares some", () => {
  const declaring = (toError: () => unknown) =>
    askApi(
      defineApi({
        errors: { OUT_OF_STOCK: outOfStock },
        handler({ setHeader }) {
          setHeader("api-error", "OUT_OF_STOCK");
          throw toError();
        },
      }),
    );

  it("keeps the status, message and code of an HttpError, without the header and without data", async () => {
    const error = new HttpError({
      statusCode: 409,
      code: "OUT_OF_STOCK",
      message: "look-alike",
      headers: { "API-Error": "OUT_OF_STOCK", "x-own": "1" },
    });
    const reply = await declaring(() => Object.assign(error, { data: "planted" })).ask();
    expect(reply).toMatchObject({ status: 409, headers: { "x-own": "1" } });
    expect(reply.json).toMatchObject({ code: "OUT_OF_STOCK", detail: "look-alike" });
    expect(reply.headers).not.toHaveProperty("api-error");
    expect(reply.text).not.toContain("planted");
  });

  it("B-73: is a 500 that tells nothing", async () => {
    const reply = await declaring(() => new Error("planted")).ask();
    expect(reply.status).toBe(500);
    expect(reply.headers).not.toHaveProperty("api-error");
    expect(reply.text).not.toContain("planted");
  });

  it("is one of another API's, even of the same code", async () => {
    const inner = defineApi({
      errors: { OUT_OF_STOCK: outOfStock },
      handler({ errors }): void {
        throw errors.OUT_OF_STOCK({ sku: "milk" });
      },
    });
    for (const errors of [{ OUT_OF_STOCK: outOfStock }, {}]) {
      const outer = askApi(defineApi({ errors, handler: () => inner.invoke({}) }));
      const reply = await outer.ask();
      expect(reply).toMatchObject({ status: 409, json: { code: "OUT_OF_STOCK" } });
      expect(reply.headers).not.toHaveProperty("api-error");
      expect(reply.json).not.toHaveProperty("data");
    }
  });

  it("is one that a plugin throws, and the framework's own", async () => {
    const refuse: Plugin = {
      type: "refuse",
      name: "refuse",
      onInvoke() {
        throw new HttpError({ statusCode: 401 });
      },
    };
    const options = {
      errors: { LOCKED: { status: 423 } },
      schema: z.object({ id: z.string() }),
      handler: () => 1,
    };
    expect(await askApi(defineApi({ ...options, plugins: [refuse] })).ask()).toMatchObject({ status: 401 });
    const { status, json, headers } = await askApi(defineApi(options)).ask();
    expect([status, json]).toMatchObject([400, { code: "INVALID_PARAMS" }]);
    expect(headers).not.toHaveProperty("api-error");
  });
});
