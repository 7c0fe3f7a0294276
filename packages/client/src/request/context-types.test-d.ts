import { describe, expectTypeOf, it } from "vitest";
import type { ClientRequest, ClientResponse, Clock, RequestContext, StateManager } from "../index.ts";

interface LabelTypes {
  options: { label: string; size?: number };
  meta: { label: string; size: number };
}

declare const context: RequestContext<LabelTypes>;

describe("the context of a request", () => {
  it("has typed fields", () => {
    expectTypeOf(context.path).toEqualTypeOf<string>();
    expectTypeOf(context.method).toEqualTypeOf<string>();
    expectTypeOf(context.operationType).toExtend<string>();
    expectTypeOf(context.queryKey).toEqualTypeOf<string>();
    expectTypeOf(context.tags).toEqualTypeOf<readonly string[]>();
    expectTypeOf(context.requestTimestamp).toEqualTypeOf<number>();
    expectTypeOf(context.instanceId).toEqualTypeOf<string>();
    expectTypeOf(context.observed).toEqualTypeOf<boolean>();
    expectTypeOf(context.forceRefetch).toEqualTypeOf<boolean>();
    expectTypeOf(context.temp).toEqualTypeOf<Map<string, unknown>>();
    expectTypeOf(context.request).toEqualTypeOf<ClientRequest>();
    expectTypeOf(context.stateManager).toEqualTypeOf<StateManager>();
    expectTypeOf(context.clock).toEqualTypeOf<Clock>();
    expectTypeOf(context.refetch()).resolves.toEqualTypeOf<ClientResponse>();
  });

  it("has what is the client's to decide for reading alone", () => {
    // @ts-expect-error The key follows from path and query.
    context.queryKey = "other";
    // @ts-expect-error A request keeps its scratch space.
    context.temp = new Map();
    // @ts-expect-error Plugins change what the request holds, not the request.
    context.request = {} as ClientRequest;
  });

  it("has a request that plugins may change", () => {
    context.request.headers["x-label"] = "a";
    context.request.headers["authorization"] = undefined;
    context.request.query = { page: 1 };
    context.request.params = { id: 1 };
    context.request.body = "text";
    context.request.signal = AbortSignal.timeout(5);
    context.request.shareKey = context.queryKey;
    // @ts-expect-error A header is a text.
    context.request.headers["x-label"] = 5;
  });

  it("has the plugin's own options, all of them optional: `client.request` requires none", () => {
    expectTypeOf(context.pluginOptions).toEqualTypeOf<
      { readonly label?: string; readonly size?: number } | undefined
    >();
    // @ts-expect-error It is spelt `label`.
    void context.pluginOptions?.lable;
  });

  it("takes the plugin's own meta, as much of it as is known", () => {
    context.setMeta({ label: "a" });
    // @ts-expect-error It is a number.
    context.setMeta({ size: "a" });
    // @ts-expect-error The types do not announce it.
    context.setMeta({ cached: true });
  });
});
