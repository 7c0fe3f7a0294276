import { createClient, type ClientErrorCode, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { defineUpdate, optimistic, type OptimisticTypes, type OptimisticUpdate } from "./index.ts";

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
