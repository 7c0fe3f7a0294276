import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { cache, type CacheInternal, type CacheMethods, type CacheTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([cache({ staleTime: 5_000 })]);

describe("cache", () => {
  it("adds staleTime to reads, and to nothing else", () => {
    void client.get("posts", { staleTime: 0 });
    void client.observe("posts", { staleTime: Infinity });
    // @ts-expect-error In milliseconds, not a text.
    void client.get("posts", { staleTime: "5s" });
    // @ts-expect-error Writes are not cached.
    void client.post("posts", { body: "Hi", staleTime: 0 });
  });

  it("adds clearCache to the client", () => {
    expectTypeOf(client.clearCache).toEqualTypeOf<CacheMethods["clearCache"]>();
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error A misspelt option.
    cache({ staletime: 5_000 });
  });

  it("tells other plugins the type of its internal API", () => {
    const plugin: ClientPlugin = {
      name: "test:other",
      middleware(context, next) {
        expectTypeOf(context.plugins.get("cache")).toEqualTypeOf<CacheInternal | undefined>();
        return next();
      },
    };
    void client.use([plugin]);
  });

  it("can be named by its type", () => {
    expectTypeOf(cache()).toExtend<ClientPlugin<CacheTypes>>();
  });
});
