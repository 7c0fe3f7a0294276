import { createClient, type ClientErrorCode, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import {
  defineUpdate,
  optimistic,
  type OptimisticTypes,
  type OptimisticUpdate,
  type TaggedData,
} from "./index.ts";

interface Post {
  id: number;
  title: string;
}

interface Api {
  posts: { GET: { data: Post[]; query?: { page?: number } }; POST: { data: Post; body: { title: string } } };
  "posts/:id": { GET: { data: Post }; DELETE: { data: undefined } };
}

const client = createClient<Api>().use([optimistic()]);
const body = { title: "Hi" };

describe("optimistic", () => {
  it("adds its option to writes, and to nothing else", () => {
    const update: OptimisticUpdate = { path: "posts", update: (posts) => posts };
    void client.post("posts", { body, optimistic: update });
    void client.delete("posts/:id", {
      params: { id: 1 },
      optimistic: [update, { ...update, tags: "posts" }],
    });
    // @ts-expect-error A read changes nothing.
    void client.get("posts", { optimistic: update });
  });

  it("takes updates whose data is annotated", () => {
    void client.post("posts", {
      body,
      optimistic: {
        path: "posts",
        update: (posts: Post[], saved?: Post) => (saved ? [...posts, saved] : posts),
      },
    });
  });

  it("needs something to update, and an update", () => {
    // @ts-expect-error Neither a path nor tags.
    void client.post("posts", { body, optimistic: { update: (posts) => posts } });
    // @ts-expect-error No update.
    void client.post("posts", { body, optimistic: { path: "posts" } });
  });

  it("tells in the meta of what is read whether updates are pending", () => {
    const { meta } = client.observe("posts").getSnapshot();
    expectTypeOf(meta.isOptimistic).toEqualTypeOf<boolean | undefined>();
  });

  it("registers its error code", () => {
    expectTypeOf<"UPDATE_THREW">().toExtend<ClientErrorCode>();
  });

  it("can be named by its type", () => {
    expectTypeOf(optimistic()).toExtend<ClientPlugin<OptimisticTypes>>();
  });
});

describe("defineUpdate", () => {
  const update = defineUpdate<Api>();

  it("knows the paths that can be read, and their data", () => {
    const adding = update("posts", {
      query: { page: 1 },
      update: (posts) => {
        expectTypeOf(posts).toEqualTypeOf<Post[]>();
        return posts.slice(1);
      },
    });
    expectTypeOf(adding).toEqualTypeOf<OptimisticUpdate>();
    update("posts/:id", { params: { id: 1 }, update: (post, saved?: Post) => saved ?? post });
  });

  it("refuses what the API does not have", () => {
    // @ts-expect-error No such path.
    update("users", { update: (users) => users });
    // @ts-expect-error The id is missing.
    update("posts/:id", { update: (post) => post });
    // @ts-expect-error A post is no list of posts.
    update("posts", { update: () => ({ id: 1, title: "Hi" }) });
    // @ts-expect-error No such query.
    update("posts", { query: { size: 1 }, update: (posts) => posts });
  });
});

describe("defineUpdate, by tags", () => {
  interface Order {
    status: string;
  }

  interface Shop {
    "orders/list": { GET: { data: Order[]; reads: readonly ["orders"] } };
    "orders/detail": { GET: { data: Order; reads: readonly ["orders/:id", "staff"] } };
    report: { GET: { data: { total: number }; reads: readonly ["orders"] } };
    "posts/:id/comments": { GET: { data: string[] } };
    feed: {
      GET: { data: number; reads: readonly string[] };
      POST: { data: null; reads: readonly ["orders"] };
    };
  }

  const update = defineUpdate<Shop>();

  it("knows the data of what reads them", () => {
    const id = 7 as number;
    const seen = update.tags(`orders/${id}`, (order, saved?: Order) => {
      expectTypeOf(order).toEqualTypeOf<Order | number>();
      return saved ?? order;
    });
    expectTypeOf(seen).toEqualTypeOf<OptimisticUpdate>();
    expectTypeOf<TaggedData<Omit<Shop, "feed">, "orders">>().toEqualTypeOf<Order[] | { total: number }>();
    expectTypeOf<TaggedData<Omit<Shop, "feed">, "orders/7" | "orders">>().toEqualTypeOf<
      Order | Order[] | { total: number }
    >();
  });

  it("knows patterns, and paths where nothing is said of tags", () => {
    type Known = Omit<Shop, "feed">;
    expectTypeOf<TaggedData<Known, "orders/*">>().toEqualTypeOf<Order>();
    expectTypeOf<TaggedData<Known, "posts/1/*">>().toEqualTypeOf<string[]>();
    expectTypeOf<TaggedData<Known, "posts/1/comments">>().toEqualTypeOf<string[]>();
    expectTypeOf<TaggedData<Known, "*">>().toEqualTypeOf<Order | Order[] | { total: number } | string[]>();
  });

  it("knows nothing of tags that no type names", () => {
    expectTypeOf<TaggedData<Omit<Shop, "feed">, "visits">>().toBeUnknown();
    expectTypeOf<TaggedData<Omit<Shop, "feed">, "orders/7/lines">>().toBeUnknown();
    expectTypeOf<TaggedData<Shop, string>>().toBeUnknown();
  });

  it("refuses data that none of it is", () => {
    // @ts-expect-error A list of numbers is no list of orders.
    update.tags("orders", () => ["1"]);
    // @ts-expect-error No update.
    update.tags("orders");
  });
});
