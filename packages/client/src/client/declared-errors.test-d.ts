import { describe, expectTypeOf, it } from "vitest";
import {
  createClient,
  type ClientErrorCode,
  type DeclaredError,
  type ErrorOf,
  type RequestError,
  type TagsOf,
} from "../index.ts";
import { createPages } from "../pages/index.ts";
import { createQueue } from "../queue/index.ts";
import { createSubscription, type SubscriptionAdapter } from "../subscribe/index.ts";

interface Problem {
  title: string;
}

interface OrderErrors {
  OUT_OF_STOCK: { sku: string; left: number };
  LOCKED: undefined;
}

interface Api {
  orders: {
    GET: { data: string[]; error: Problem; errors: OrderErrors; reads: readonly ["orders"] };
    POST: {
      data: string;
      body: string;
      errors: OrderErrors;
      reads: readonly ["customers/:id"];
      writes: readonly ["orders", "orders/:id/lines/:line"];
    };
  };
  plain: { GET: { data: string } };
}

declare const adapter: SubscriptionAdapter;
const client = createClient<Api>();

describe("an endpoint that declares errors", () => {
  it("has its codes beside the client's own, each with the data that belongs to it", async () => {
    const { error } = await client.post("orders", { body: "tea" });
    if (!error) return;
    expectTypeOf(error.code).toEqualTypeOf<ClientErrorCode | "OUT_OF_STOCK" | "LOCKED">();
    // @ts-expect-error Which data it has is known by its code.
    void error.data.sku;
    if (error.code === "OUT_OF_STOCK")
      expectTypeOf(error.data).toEqualTypeOf<{ sku: string; left: number }>();
    else if (error.code === "LOCKED") expectTypeOf(error.data).toEqualTypeOf<undefined>();
    else expectTypeOf(error.code).toEqualTypeOf<ClientErrorCode>();
    // @ts-expect-error It declares no such error.
    void (error.code === "OUT_OF_STOK");
  });

  it("keeps the body that it declares for errors", async () => {
    const { error } = await client.get("orders");
    expectTypeOf(error?.body).toEqualTypeOf<Problem | undefined>();
    if (error?.code === "OUT_OF_STOCK") expectTypeOf(error.body).toEqualTypeOf<Problem | undefined>();
  });

  it("has them wherever an error is told", () => {
    type Failure = ErrorOf<Api["orders"]["GET"]> | undefined;
    expectTypeOf(client.observe("orders").getSnapshot().error).toEqualTypeOf<Failure>();
    const pages = createPages(client, "orders", {
      initialPageParam: 0,
      toRequest: () => ({}),
      getNextPageParam: () => null,
    });
    expectTypeOf(pages.getSnapshot().error).toEqualTypeOf<Failure>();
    expectTypeOf(pages.getSnapshot().failures[0]?.error).toEqualTypeOf<Failure>();
    const subscription = createSubscription(client, "orders", { adapter });
    expectTypeOf(subscription.getSnapshot().error).toEqualTypeOf<Failure>();
    const queue = createQueue(client, "orders");
    expectTypeOf(queue.getSnapshot().items[0]?.error).toEqualTypeOf<
      ErrorOf<Api["orders"]["POST"]> | undefined
    >();
  });

  it("fails as any request does, for whoever takes the failures of all", () => {
    expectTypeOf<ErrorOf<Api["orders"]["GET"]>>().toExtend<RequestError>();
    expectTypeOf<ErrorOf<Api["orders"]["GET"]>>().toExtend<RequestError<Problem>>();
    expectTypeOf<ErrorOf<Api["plain"]["GET"]>>().toExtend<RequestError>();
    expectTypeOf<RequestError["code"]>().toEqualTypeOf<string>();
    expectTypeOf<RequestError["body"]>().toEqualTypeOf<unknown>();
    expectTypeOf<RequestError>().toExtend<Error>();
  });

  it("is no different for one without", () => {
    expectTypeOf<DeclaredError>().not.toExtend<ErrorOf<Api["plain"]["GET"]>>();
    expectTypeOf<ErrorOf<Api["plain"]["GET"]>["code"]>().toEqualTypeOf<ClientErrorCode>();
  });
});

describe("TagsOf", () => {
  it("is each tag that an endpoint reads or changes, with anything for a param", () => {
    expectTypeOf<TagsOf<Api>>().toEqualTypeOf<
      "orders" | `customers/${string}` | `orders/${string}/lines/${string}`
    >();
    expectTypeOf<"customers/*">().toExtend<TagsOf<Api>>();
  });

  it("is any text where tags are only known at run time", () => {
    expectTypeOf<
      TagsOf<{ a: { GET: { data: string; reads: readonly string[] } } }>
    >().toEqualTypeOf<string>();
  });

  it("is none where nothing declares any", () => {
    expectTypeOf<TagsOf<{ a: { GET: { data: string } } }>>().toEqualTypeOf<never>();
  });
});
