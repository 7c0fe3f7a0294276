import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { transform, type Transforms, type TransformInternal } from "./index.ts";

interface Post {
  title: string;
  createdAt: Date;
}
interface WirePost {
  title: string;
  createdAt: string;
}
interface Api {
  posts: { GET: { data: Post[] }; POST: { data: Post; body: { title: string } } };
  "posts/:id": { GET: { data: Post } };
}

const toPost = (post: WirePost): Post => ({ ...post, createdAt: new Date(post.createdAt) });

describe("transform", () => {
  it("takes what makes the API's data of what is known to be sent", () => {
    transform<Api>({
      posts: { GET: (posts: WirePost[]) => posts.map(toPost), POST: async (post: WirePost) => toPost(post) },
      "posts/:id": { GET: toPost },
    });
    transform<Api>({});
  });

  it("gives an unknown where nothing is said of what is sent", () => {
    transform<Api>({
      "posts/:id": {
        GET(received) {
          expectTypeOf(received).toBeUnknown();
          return { title: "", createdAt: new Date(0) };
        },
      },
    });
  });

  it("refuses what makes something else, and what the API does not have", () => {
    // @ts-expect-error The API has posts with a date there.
    transform<Api>({ "posts/:id": { GET: (post: WirePost) => post } });
    // @ts-expect-error No such path.
    transform<Api>({ users: { GET: toPost } });
    // @ts-expect-error No such method.
    transform<Api>({ "posts/:id": { PUT: toPost } });
  });

  it("takes any path without an API", () => {
    transform({ "posts/:id": { GET: toPost } });
    // @ts-expect-error Methods are written in capitals.
    transform({ "posts/:id": { get: toPost } });
  });

  it("adds nothing to the types of a client", async () => {
    const client = createClient<Api>().use([transform<Api>({ "posts/:id": { GET: toPost } })]);
    const { data } = await client.get("posts/:id", { params: { id: 1 } });
    expectTypeOf(data).toEqualTypeOf<Post | undefined>();
    // @ts-expect-error One key has one shape for all who read it.
    void client.get("posts/:id", { params: { id: 1 }, transform: toPost });
  });

  it("tells other plugins the type of its internal API", () => {
    const plugin: ClientPlugin = {
      name: "test:other",
      middleware(context, next) {
        expectTypeOf(context.plugins.get("transform")).toEqualTypeOf<TransformInternal | undefined>();
        return next();
      },
    };
    void createClient().use([plugin]);
  });

  it("can be prepared elsewhere", () => {
    const transforms: Transforms<Api> = { "posts/:id": { GET: toPost } };
    transform<Api>(transforms);
  });
});
