import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import {
  invalidation,
  type InvalidationInternal,
  type InvalidationMethods,
  type InvalidationTypes,
} from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([invalidation()]);

describe("invalidation", () => {
  it("adds invalidate to writes, and to nothing else", () => {
    void client.post("posts", { body: "Hi", invalidate: "posts/*" });
    void client.post("posts", { body: "Hi", invalidate: ["posts", "users"] });
    void client.post("posts", { body: "Hi", invalidate: false });
    // @ts-expect-error `"*"` is everything.
    void client.post("posts", { body: "Hi", invalidate: true });
    // @ts-expect-error A read changes nothing.
    void client.get("posts", { invalidate: "posts" });
  });

  it("adds a method of that name to the client", () => {
    expectTypeOf(client.invalidate).toEqualTypeOf<InvalidationMethods["invalidate"]>();
    // @ts-expect-error Nothing is not worth a call.
    client.invalidate(false);
  });

  it("takes what is stale by default, or what tells it for each write", () => {
    invalidation({ invalidate: false });
    invalidation({ invalidate: ["posts"] });
    invalidation({ invalidate: ({ method, tags }) => (method === "DELETE" ? tags : false) });
    // @ts-expect-error Nothing that tells what is stale.
    invalidation({ invalidate: () => undefined });
  });

  it("tells other plugins the type of its internal API, which is certain to those who depend on it", () => {
    const plugin: ClientPlugin = {
      name: "test:other",
      middleware(context, next) {
        expectTypeOf(context.plugins.get("invalidation")).toEqualTypeOf<InvalidationInternal | undefined>();
        return next();
      },
    };
    void client.use([plugin]);
  });

  it("can be named by its type", () => {
    expectTypeOf(invalidation()).toExtend<ClientPlugin<InvalidationTypes>>();
  });
});
