import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HttpError } from "../errors.ts";
import { silentLogger } from "../testing/silent-logger.ts";
import { testApi } from "../testing/test-api.ts";
import type { Plugin } from "../types.ts";
import { defineApi } from "./define-api.ts";

describe("the schema of an API", () => {
  const create = testApi(
    defineApi({
      schema: z.object({ title: z.string().min(1), tags: z.array(z.string()).default([]) }),
      handler: ({ params }) => params,
    }),
  );

  it("makes the params that the handler gets", async () => {
    expect((await create({ title: "a", unknown: 1 })).data).toEqual({ title: "a", tags: [] });
  });

  it("answers what does not fit with 400, and path and message of every fault", async () => {
    const { statusCode, error } = await create({ title: "", tags: ["a", 2] });
    expect(statusCode).toBe(400);
    expect(error).toMatchObject({
      code: "INVALID_PARAMS",
      errors: [
        { path: "title", message: expect.any(String) },
        { path: "tags.1", message: expect.any(String) },
      ],
    });
  });

  it("is any Standard Schema, also an asynchronous one whose paths are objects", async () => {
    const schema = {
      "~standard": {
        version: 1 as const,
        vendor: "test",
        validate: async (value: unknown) =>
          (value as { ok?: boolean }).ok
            ? { value: "made of it" }
            : { issues: [{ message: "not ok", path: [{ key: "deep" }, 0] }, { message: "at all" }] },
      },
    };
    const run = testApi(defineApi({ schema, handler: ({ params }) => ({ params }) }));
    expect((await run({ ok: true })).data).toEqual({ params: "made of it" });
    expect((await run({})).error?.errors).toEqual([
      { path: "deep.0", message: "not ok" },
      { path: "", message: "at all" },
    ]);
  });

  it("is asked after the plugins: who may not come in learns nothing of it", async () => {
    const refuse: Plugin = {
      type: "auth",
      name: "auth",
      onInvoke() {
        throw new HttpError({ statusCode: 401 });
      },
    };
    const api = defineApi({ plugins: [refuse], schema: z.object({ title: z.string() }), handler: () => {} });
    expect((await testApi(api)({})).statusCode).toBe(401);
  });

  it("that throws is a failure of the server", async () => {
    const schema = {
      "~standard": {
        version: 1 as const,
        vendor: "test",
        validate(): never {
          throw new Error("broken schema");
        },
      },
    };
    expect((await testApi(defineApi({ schema, handler: () => {} }))({})).statusCode).toBe(500);
  });
});

describe("the methods of an API", () => {
  it("are POST, unless it says others", () => {
    const handler = () => {};
    expect(defineApi({ handler }).methods).toEqual(["POST"]);
    expect(defineApi({ handler, method: "GET" }).methods).toEqual(["GET"]);
    expect(defineApi({ handler, method: ["PUT", "PATCH", "PUT"] }).methods).toEqual(["PUT", "PATCH"]);
  });

  it.each(["TRACE", "get", "", [], ["GET", "X"], 1, null])("cannot be %o", (method) => {
    expect(() => defineApi({ handler: () => {}, method: method as never })).toThrow(
      expect.objectContaining({ code: "INVALID_API" }),
    );
  });
});

it("says what is wrong with a definition", () => {
  expect(() => defineApi({} as never)).toThrow(expect.objectContaining({ code: "INVALID_FUNC" }));
  expect(() => defineApi(undefined as never)).toThrow(expect.objectContaining({ code: "INVALID_FUNC" }));
  expect(() => defineApi({ schema: { parse() {} } as never, handler: () => {} })).toThrow(
    expect.objectContaining({ code: "INVALID_API" }),
  );
});

describe("the http plugin of an API", () => {
  it("is there by itself, outside of the plugins in code, which see params", async () => {
    let seen: unknown;
    const spy: Plugin = {
      type: "spy",
      name: "spy",
      onInvoke(data, next) {
        seen = data.params;
        return next();
      },
    };
    await testApi(defineApi({ plugins: [spy], handler: () => {} }))({ a: 1 });
    expect(seen).toEqual({ a: 1 });
  });

  it("is one, whoever registers it", async () => {
    const { HttpPlugin } = await import("../http/http-plugin.ts");
    const api = defineApi({ plugins: [new HttpPlugin()], handler: ({ params }) => params });
    expect((await testApi(api)({ a: 1 })).data).toEqual({ a: 1 });
    const configured = defineApi({
      config: { plugins: { http: { config: { maxBodyBytes: 2 } } } },
      handler: ({ params }) => params,
    });
    expect(
      (await testApi(configured)("[1,2,3]", { headers: { "content-type": "application/json" } })).statusCode,
    ).toBe(413);
  });

  it("gives a direct invoke its fields, too", async () => {
    const api = defineApi({
      schema: z.object({ id: z.coerce.number() }),
      handler: ({ params, cookie }) => [params.id, cookie.get("a")],
    });
    const event = { queryString: "id=7", headers: { cookie: "a=b" } };
    expect(await api.invoke({ event })).toEqual([7, "b"]);
    await expect(api.invoke({ event: {}, logger: silentLogger })).rejects.toMatchObject({ statusCode: 400 });
  });
});
