import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { Api, ApiData, InvokeData, Next, Plugin } from "../index.ts";
import { defineApi, Func, HttpError } from "../index.ts";

declare module "../types.ts" {
  interface DefineApiInject {
    tenant?: { readonly id: string } | null;
  }
}

describe("what the handler of an API gets", () => {
  it("has the type that the schema makes of the params", () => {
    const schema = z.object({ title: z.string(), page: z.coerce.number().default(1) });
    const api = defineApi({
      schema,
      handler({ params }) {
        expectTypeOf(params).toEqualTypeOf<{ title: string; page: number }>();
        return params.page;
      },
    });
    expectTypeOf(api.invoke({})).resolves.toBeNumber();
    expectTypeOf(api).toExtend<Api<number>>();
  });

  it("has params of unknown values without a schema", () => {
    defineApi({
      handler({ params }) {
        expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, unknown>>>();
      },
    });
  });

  it("has what plugins declare to inject, and the fields of HTTP", () => {
    defineApi({
      async handler({ tenant, cookie, session, setHeader, setStatusCode, signal, logger, event }) {
        expectTypeOf(tenant).toEqualTypeOf<{ readonly id: string } | null | undefined>();
        expectTypeOf(cookie.get("a")).toEqualTypeOf<string | undefined>();
        expectTypeOf(await session.get("a")).toBeUnknown();
        expectTypeOf(event.headers["authorization"]).toEqualTypeOf<string | undefined>();
        setHeader("x-a", "b");
        setStatusCode(201);
        logger.info({ aborted: signal.aborted }, "done");
        if (!tenant) throw new HttpError({ statusCode: 401 });
        return tenant.id;
      },
    });
  });

  it("does not take unknown options and methods", () => {
    // @ts-expect-error -- a method that no API opens
    defineApi({ method: "TRACE", handler: () => 1 });
    // @ts-expect-error -- misspelt
    defineApi({ shema: z.object({}), handler: () => 1 });
    // @ts-expect-error -- there is nothing to run
    defineApi({ schema: z.object({}) });
  });
});

describe("a function", () => {
  it("resolves to what its handler returns, awaited", () => {
    const func = new Func({ handler: async ({ context }) => ({ runtime: context.runtime }) });
    expectTypeOf(func.invoke({})).resolves.toEqualTypeOf<{ runtime: "api" | "job" }>();
    expectTypeOf(func.export().handler({})).resolves.toEqualTypeOf<{ runtime: "api" | "job" }>();
  });

  it("is one of any result to whoever only runs it", () => {
    const func = new Func({ handler: () => "text" });
    expectTypeOf(func).toExtend<Func>();
    expectTypeOf(defineApi({ handler: () => 1 })).toExtend<Func>();
  });

  it("may have events of its own", () => {
    const func = new Func({ handler: ({ event }: InvokeData<{ job: string }>) => event.job });
    expectTypeOf(func.invoke({ event: { job: "a" } })).resolves.toBeString();
  });

  it("does not let anybody write what is the framework's", () => {
    void new Func({
      handler(data) {
        // @ts-expect-error -- set by the framework
        data.context.runtime = "job";
        // @ts-expect-error -- the event is what came in
        data.event = {};
      },
    });
  });
});

describe("a plugin", () => {
  it("may be a class with readonly strings and any of the hooks", () => {
    class Auth implements Plugin {
      readonly type = "auth";
      readonly name = "auth";
      config: Record<string, unknown> = {};
      applyConfig(config: { type: string; name: string; config?: Record<string, unknown> }) {
        this.config = { ...config.config };
      }
      async onInvoke(data: InvokeData, next: Next) {
        data.tenant = { id: "t" };
        await next();
      }
    }
    expectTypeOf(new Auth()).toExtend<Plugin>();
  });

  it("sees the fields of HTTP as what a job lacks", () => {
    expectTypeOf<InvokeData["setHeader"]>().toExtend<ApiData["setHeader"] | undefined>();
    expectTypeOf<undefined>().toExtend<InvokeData["cookie"]>();
    expectTypeOf<ApiData>().toExtend<InvokeData>();
  });
});
