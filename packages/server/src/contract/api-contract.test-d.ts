import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  type Api,
  type ApiContract,
  defineApi,
  eventStream,
  Func,
  type HttpError,
  type ServerSentEvent,
  type WireForm,
} from "../index.ts";

describe("the contract of an API", () => {
  it("has the data, the body, the errors and the tags of each method", () => {
    const create = defineApi({
      schema: z.object({ sku: z.string(), quantity: z.number().default(1) }),
      method: ["POST", "PUT"],
      errors: {
        OUT_OF_STOCK: z.object({ left: z.number(), until: z.date() }),
        LOCKED: { status: 423, message: "it is locked", schema: z.object({ by: z.string() }) },
        GONE_ALREADY: { status: 410 },
      },
      reads: ["orders", "orders/:id"],
      writes: ["stock"],
      async handler({ params, errors }) {
        expectTypeOf(params).toEqualTypeOf<{ sku: string; quantity: number }>();
        if (params.quantity > 2) throw errors.OUT_OF_STOCK({ left: 2, until: new Date() });
        if (params.sku === "") throw errors.GONE_ALREADY();
        return { id: 1, at: new Date() };
      },
    });
    type Expected = {
      data: { id: number; at: string };
      body: { sku: string; quantity?: number | undefined };
      errors: {
        OUT_OF_STOCK: { left: number; until: string };
        LOCKED: { by: string };
        GONE_ALREADY: undefined;
      };
      reads: readonly ["orders", "orders/:id"];
      writes: readonly ["stock"];
    };
    expectTypeOf<ApiContract<typeof create>>().toEqualTypeOf<{ POST: Expected; PUT: Expected }>();
  });

  it("takes any object where there is no schema, and tells no tags that a function gives", () => {
    const api = defineApi({
      reads: ({ params, response }) => {
        expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, unknown>>>();
        expectTypeOf(response).toBeAny();
        return ["a"];
      },
      writes: ({ response }: { response: { id: number } }) => [`orders/${response.id}`],
      handler: ({ params }) => Object.keys(params),
    });
    expectTypeOf<ApiContract<typeof api>>().toEqualTypeOf<{ POST: { data: string[]; body?: object } }>();
  });

  it("takes a query for GET and DELETE, whose fields are text", () => {
    const api = defineApi({
      method: ["GET", "DELETE"],
      schema: z.object({
        page: z.coerce.number().default(1),
        sort: z.enum(["up", "down"]).optional(),
        tags: z.array(z.string()).optional(),
        loud: z.stringbool().optional(),
      }),
      handler: () => {},
    });
    type Expected = {
      data: undefined;
      query?: {
        page?: unknown;
        sort?: "up" | "down" | undefined;
        tags?: string[] | undefined;
        loud?: string | undefined;
      };
    };
    expectTypeOf<ApiContract<typeof api>>().toEqualTypeOf<{ GET: Expected; DELETE: Expected }>();
    const strict = defineApi({ method: "GET", schema: z.object({ id: z.number() }), handler: () => 1 });
    expectTypeOf<ApiContract<typeof strict>["GET"]>().toEqualTypeOf<{ data: number; query: { id: never } }>();
  });

  it("takes numbers and booleans in a query where text would do as well", () => {
    const api = defineApi({
      method: "GET",
      schema: z.object({
        page: z.coerce.number<number | string>(),
        loud: z.union([z.stringbool(), z.boolean()]).optional(),
        ids: z.array(z.coerce.number<number | string>()),
        pages: z.array(z.coerce.number()),
        pair: z.tuple([z.string(), z.number()]),
        size: z.union([z.literal("all"), z.number()]),
        either: z.union([z.string(), z.array(z.string())]),
        until: z.union([z.string(), z.date(), z.null()]),
      }),
      handler: () => 1,
    });
    expectTypeOf<ApiContract<typeof api>["GET"]["query"]>().toEqualTypeOf<{
      page: number | string;
      loud?: string | boolean | undefined;
      ids: (number | string)[];
      pages: unknown[];
      pair: [string, never];
      size: "all";
      either: string | string[];
      until: string;
    }>();
  });

  it("takes the wire side of a codec, and nothing for what cannot travel", () => {
    const isoDate = z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
    const api = defineApi({
      schema: z.object({ from: isoDate, to: z.date(), big: z.bigint().optional() }),
      handler: ({ params }) => params.from,
    });
    expectTypeOf<ApiContract<typeof api>["POST"]>().toEqualTypeOf<{
      data: string;
      body: { from: string; to: never; big?: undefined };
    }>();
  });

  it("takes a form where the schema has files", () => {
    const one = defineApi({ schema: z.object({ file: z.file(), name: z.string() }), handler: () => 1 });
    const many = defineApi({ schema: z.object({ files: z.array(z.file()) }), handler: () => 1 });
    expectTypeOf<ApiContract<typeof one>["POST"]["body"]>().toEqualTypeOf<
      WireForm<{ file: File; name: string }>
    >();
    expectTypeOf<ApiContract<typeof many>["POST"]["body"]>().toEqualTypeOf<WireForm<{ files: File[] }>>();
    expectTypeOf<FormData>().toExtend<ApiContract<typeof one>["POST"]["body"]>();
    expectTypeOf<ApiContract<typeof one>["POST"]["body"]>().toExtend<FormData>();
    expectTypeOf<{ file: File }>().not.toExtend<ApiContract<typeof one>["POST"]["body"]>();
  });

  it("tells the fields of a form, which are files and text", () => {
    const api = defineApi({
      schema: z.object({
        file: z.file().optional(),
        names: z.array(z.string()),
        size: z.coerce.number(),
        count: z.number(),
        either: z.union([z.file(), z.string()]),
      }),
      handler: () => 1,
    });
    expectTypeOf<ApiContract<typeof api>["POST"]["body"]>().toEqualTypeOf<
      WireForm<{
        file?: File | undefined;
        names: string[];
        size: unknown;
        count: never;
        either: File | string;
      }>
    >();
  });

  it("has the message of a stream as its data", () => {
    async function* ticks() {
      yield { event: "tick", data: { at: new Date() } };
      yield { data: "end" };
    }
    async function* lines() {
      yield "a line";
    }
    const events = defineApi({ method: "GET", handler: ({ signal }) => eventStream(ticks(), { signal }) });
    const text = defineApi({ method: "GET", handler: () => lines() });
    const bytes = defineApi({ method: "GET", handler: () => new ReadableStream<Uint8Array>() });
    const blob = defineApi({ method: "GET", handler: () => new Uint8Array(1) });
    const any = defineApi({ method: "GET", handler: () => new Response("") });
    const untold = defineApi({
      method: "GET",
      handler: () => eventStream({} as AsyncIterable<ServerSentEvent>),
    });
    type DataOf<Definition> = ApiContract<Definition> extends { GET: { data: infer Data } } ? Data : never;
    expectTypeOf<DataOf<typeof events>>().toEqualTypeOf<{ at: string } | "end" | string>();
    expectTypeOf<DataOf<typeof text>>().toEqualTypeOf<string>();
    expectTypeOf<DataOf<typeof bytes>>().toEqualTypeOf<string>();
    expectTypeOf<DataOf<typeof blob>>().toEqualTypeOf<Blob>();
    expectTypeOf<DataOf<typeof any>>().toBeUnknown();
    expectTypeOf<DataOf<typeof untold>>().toBeUnknown();
  });

  it("is there for a plain function, which answers POST", () => {
    const func = new Func({ handler: async () => [1] });
    expectTypeOf<ApiContract<typeof func>>().toEqualTypeOf<{ POST: { data: number[]; body?: object } }>();
    expectTypeOf<ApiContract<string>>().toBeNever();
  });

  it("says as much as is known of an API of any kind, and of what cannot be read", () => {
    type AnyApi = ApiContract<Api<number>>;
    expectTypeOf<AnyApi["POST"]>().toEqualTypeOf<{ data: number; body?: object }>();
    expectTypeOf<AnyApi["GET"]>().toEqualTypeOf<{ data: number; query?: object }>();
    // oxlint-disable-next-line typescript/no-explicit-any -- what a file with errors is
    expectTypeOf<ApiContract<any>["PUT"]>().toEqualTypeOf<{
      data: unknown;
      query?: object;
      body?: unknown;
    }>();
  });

  it("takes recursive input, and no undefined in the place of all of it", () => {
    const api = defineApi({
      schema: z.object({ tree: z.json(), at: z.iso.date().optional() }).default({ tree: 1 }),
      handler: ({ params }) => params.tree,
    });
    type Body = ApiContract<typeof api>["POST"]["body"];
    expectTypeOf<{ tree: { a: [1, null] } }>().toExtend<Body>();
    expectTypeOf<undefined>().not.toExtend<Body>();
  });
});

describe("a declared error", () => {
  it("is made from the data that its schema takes", () => {
    defineApi({
      errors: { OUT_OF_STOCK: z.object({ left: z.number() }), GONE_ALREADY: { status: 410 } },
      handler({ errors }) {
        const error = errors.OUT_OF_STOCK({ left: 1 }, { message: "one is left", headers: { "x-a": "b" } });
        expectTypeOf(error).toExtend<HttpError>();
        expectTypeOf(error.code).toEqualTypeOf<"OUT_OF_STOCK">();
        expectTypeOf(error.data).toEqualTypeOf<{ left: number }>();
        // @ts-expect-error -- it has data
        errors.OUT_OF_STOCK();
        // @ts-expect-error -- text is no number
        errors.OUT_OF_STOCK({ left: "1" });
        // @ts-expect-error -- it has none
        errors.GONE_ALREADY({ left: 1 });
        // @ts-expect-error -- nobody has declared it
        errors.LOST();
      },
    });
  });

  it("is not there where none is declared", () => {
    // @ts-expect-error -- there are none
    defineApi({ handler: ({ errors }) => errors });
    // @ts-expect-error -- misspelt
    defineApi({ errors: { A: { stauts: 1 } }, handler: () => {} });
  });
});
