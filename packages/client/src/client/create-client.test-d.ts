import { describe, expectTypeOf, it } from "vitest";
import { createClient, type ClientError, type ClientResponse, type PathsWith } from "../index.ts";

interface Post {
  readonly id: number;
  readonly title: string;
}

// An interface, as most people write it: it has no index signature, which an alias would imply.
interface Api {
  posts: {
    GET: { data: Post[]; query?: { tag?: string; page?: number } };
    POST: { data: Post; body: { title: string }; error: { reason: string } };
  };
  "posts/:id": {
    GET: { data: Post };
    PUT: { data: Post; body?: { title: string } };
    PATCH: { data: Post; body: { title?: string } };
    DELETE: { data: undefined };
  };
  "users/:user/posts/:post": { GET: { data: Post } };
  search: { GET: { data: Post[]; query: { text: string } } };
}

const client = createClient<Api>({ baseUrl: "https://api.example" });

describe("a path", () => {
  it("is one that the API has the method for", () => {
    void client.get("posts");
    // @ts-expect-error The API has no such path.
    void client.get("postz");
    // @ts-expect-error It has the path, and no GET.
    void createClient<{ login: { POST: { data: string } } }>().get("login");
    // @ts-expect-error It has the path, and no POST.
    void client.post("search", { body: {} });
    expectTypeOf<PathsWith<Api, "POST">>().toEqualTypeOf<"posts">();
    expectTypeOf<PathsWith<Api, "GET">>().toEqualTypeOf<keyof Api>();
  });

  it("may be one of several, which then have options in common", async () => {
    const path = "posts/:id" as "posts/:id" | "posts";
    const { data } = await client.get(path, { params: { id: 1 } });
    expectTypeOf(data).toEqualTypeOf<Post | Post[] | undefined>();
    // @ts-expect-error One of them needs a param.
    void client.get(path);
  });

  it("may be generic", () => {
    const read = <Path extends PathsWith<Api, "GET">>(path: Path) => client.get(path, {} as never);
    expectTypeOf(read<"posts/:id">).returns.resolves.toEqualTypeOf<ClientResponse<Post, ClientError, {}>>();
  });

  it("may be a pattern", async () => {
    const pages = createClient<{ [path: `pages/${string}`]: { GET: { data: string } } }>();
    expectTypeOf((await pages.get("pages/imprint")).data).toEqualTypeOf<string | undefined>();
    // @ts-expect-error It does not begin with "pages/".
    void pages.get("imprint");
  });
});

describe("params", () => {
  it("are required for each name in the path", () => {
    void client.get("posts/:id", { params: { id: 1 } });
    void client.get("users/:user/posts/:post", { params: { user: "ada", post: 2n } });
    // @ts-expect-error The options are missing.
    void client.get("posts/:id");
    // @ts-expect-error The params are missing.
    void client.get("posts/:id", {});
    // @ts-expect-error One of them is missing.
    void client.get("users/:user/posts/:post", { params: { user: "ada" } });
    // @ts-expect-error `undefined` cannot stand in a path.
    void client.get("posts/:id", { params: { id: undefined } });
  });

  it("have no other names, and are no option of a path without any", () => {
    // @ts-expect-error The path has no `slug`.
    void client.get("posts/:id", { params: { id: 1, slug: "a" } });
    // @ts-expect-error The path has no param at all.
    void client.get("posts", { params: { id: 1 } });
  });
});

describe("query and body", () => {
  it("are optional where the API says so, and required elsewhere", () => {
    void client.get("posts", { query: { tag: "news" } });
    void client.get("search", { query: { text: "a" } });
    void client.post("posts", { body: { title: "Hi" } });
    void client.put("posts/:id", { params: { id: 1 } });
    // @ts-expect-error The query is missing.
    void client.get("search");
    // @ts-expect-error The body is missing.
    void client.post("posts");
    // @ts-expect-error The body is missing beside the params.
    void client.patch("posts/:id", { params: { id: 1 } });
  });

  it("have the API's types, without unknown properties", () => {
    // @ts-expect-error A page is a number.
    void client.get("posts", { query: { page: "2" } });
    // @ts-expect-error A title is a string.
    void client.post("posts", { body: { title: 5 } });
    // @ts-expect-error It is spelt `title`.
    void client.post("posts", { body: { titel: "Hi" } });
    // @ts-expect-error The API takes no body here.
    void client.delete("posts/:id", { params: { id: 1 }, body: {} });
  });
});

describe("an option", () => {
  it("is one that every request has", () => {
    void client.get("posts", {
      headers: { accept: "text/csv", authorization: undefined },
      signal: AbortSignal.timeout(5),
      timeoutMs: 5,
      responseType: "text",
      tags: ["posts"],
      forceRefetch: true,
    });
  });

  it("is an error when nobody knows it", () => {
    // @ts-expect-error No plugin brings it.
    void client.get("posts", { staleTime: 5 });
    // @ts-expect-error Nor here.
    void client.post("posts", { body: { title: "Hi" }, staleTime: 5 });
    // @ts-expect-error Nor where anything but an option is untyped.
    void client.request("posts", { staleTime: 5 });
  });
});

describe("a response", () => {
  it("is narrowed by `if (error)`", async () => {
    const { data, error, status, aborted } = await client.get("posts/:id", { params: { id: 1 } });
    expectTypeOf(status).toEqualTypeOf<number>();
    expectTypeOf(aborted).toEqualTypeOf<boolean>();
    if (error) {
      expectTypeOf(error).toEqualTypeOf<ClientError>();
      expectTypeOf(data).toEqualTypeOf<undefined>();
    } else {
      expectTypeOf(data).toEqualTypeOf<Post>();
      expectTypeOf(error).toEqualTypeOf<undefined>();
    }
  });

  it("is narrowed as a whole, too", async () => {
    const response = await client.get("posts");
    expectTypeOf(response.data).toEqualTypeOf<Post[] | undefined>();
    if (response.error === undefined) {
      expectTypeOf(response.data).toEqualTypeOf<Post[]>();
      expectTypeOf(response.aborted).toEqualTypeOf<false>();
    }
  });

  it("has an error with the body that the API declares, or an unknown one", async () => {
    const created = await client.post("posts", { body: { title: "Hi" } });
    expectTypeOf(created.error).toEqualTypeOf<ClientError<{ reason: string }> | undefined>();
    expectTypeOf(created.error?.body?.reason).toEqualTypeOf<string | undefined>();
    const { error } = await client.get("posts");
    expectTypeOf(error?.body).toEqualTypeOf<unknown>();
  });

  it("has no meta that no plugin tells", async () => {
    const { meta } = await client.get("posts");
    // @ts-expect-error There is no plugin.
    void meta.cached;
  });
});

describe("a client without a description of its API", () => {
  const untyped = createClient();

  it("accepts any path and method, with unknown data", async () => {
    const { data, error } = await untyped.get("anything", { query: { a: 1 } });
    expectTypeOf(data).toEqualTypeOf<unknown>();
    expectTypeOf(error).toEqualTypeOf<ClientError | undefined>();
    void untyped.post("anything", { body: [1, 2] });
    void untyped.post("anything");
  });

  it("asks for the params that a path names", () => {
    void untyped.get("posts/:id", { params: { id: 1 } });
    // @ts-expect-error The path has a param.
    void untyped.get("posts/:id");
  });

  it("takes any params for a path that is only known at run time", () => {
    const path: string = "posts/:id";
    void untyped.get(path);
    void untyped.get(path, { params: { id: 1 } });
  });
});

describe("the description of an API", () => {
  it("has methods in capitals", () => {
    // @ts-expect-error `get` is no method.
    createClient<{ posts: { get: { data: Post[] } } }>();
  });

  it("has endpoints with data and nothing misspelt", () => {
    // @ts-expect-error What does it answer?
    createClient<{ posts: { GET: { query: { page: number } } } }>();
    // @ts-expect-error It is spelt `body`.
    createClient<{ posts: { POST: { data: Post; boddy: object } } }>();
    // @ts-expect-error A query has names.
    createClient<{ posts: { GET: { data: Post; query: string } } }>();
  });

  it("may be a type alias, and may be `any`", async () => {
    type Alias = { posts: { GET: { data: Post[] } } };
    expectTypeOf((await createClient<Alias>().get("posts")).data).toEqualTypeOf<Post[] | undefined>();
    // oxlint-disable-next-line typescript/no-explicit-any -- some start with it
    void createClient<any>().get("posts");
  });
});
