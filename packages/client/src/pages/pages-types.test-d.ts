import { describe, expectTypeOf, it } from "vitest";
import { createClient, definePlugin, type ClientError } from "../index.ts";
import { createPages, type PagesSnapshot } from "./index.ts";

interface Page {
  readonly items: readonly string[];
  readonly cursor?: string;
}
interface Api {
  posts: {
    GET: { data: Page; query: { cursor?: string | undefined; tag?: string }; error: { reason: string } };
    POST: { data: Page };
  };
  "users/:id/posts": { GET: { data: Page; query?: { page: number } } };
  drafts: { POST: { data: Page } };
}
interface CacheTypes {
  options: { staleTime?: number };
  meta: { cached: boolean };
}

const cache = definePlugin<CacheTypes>()({ name: "cache", operations: ["pages"] });
const readOnly = definePlugin<{ options: { dedupe?: boolean } }>()({ name: "dedupe", operations: ["read"] });
const client = createClient<Api>().use([cache, readOnly]);
const paging = {
  initialPageParam: undefined as string | undefined,
  toRequest: (cursor: string | undefined) => ({ query: { cursor } }),
  getNextPageParam: (page: Page) => page.cursor,
};

describe("createPages", () => {
  it("types pages, params, errors and meta", () => {
    const posts = createPages(client, "posts", {
      initialPageParam: undefined as string | undefined,
      toRequest: (cursor) => ({ query: { cursor, tag: "a" } }),
      getNextPageParam(lastPage, allPages, cursor, cursors) {
        expectTypeOf(lastPage).toEqualTypeOf<Page>();
        expectTypeOf(allPages).toEqualTypeOf<readonly Page[]>();
        expectTypeOf(cursor).toEqualTypeOf<string | undefined>();
        expectTypeOf(cursors).toEqualTypeOf<readonly (string | undefined)[]>();
        return lastPage.cursor;
      },
      staleTime: 5,
    });
    const snapshot = posts.getSnapshot();
    expectTypeOf(snapshot).toEqualTypeOf<
      PagesSnapshot<Page, string | undefined, ClientError<{ reason: string }>, { readonly cached?: boolean }>
    >();
    expectTypeOf(snapshot.failures[0]?.error).toEqualTypeOf<ClientError<{ reason: string }> | undefined>();
    expectTypeOf(posts.fetchNext()).resolves.toEqualTypeOf<typeof snapshot>();
  });

  it("infers a param from the first one", () => {
    createPages(client, "users/:id/posts", {
      initialPageParam: 1,
      toRequest: (page) => ({ params: { id: 7 }, query: { page } }),
      getNextPageParam: (_last, all) => all.length + 1,
    });
    createPages(client, "users/:id/posts", {
      initialPageParam: 1,
      toRequest: (page) => ({ params: { id: 7 }, query: { page } }),
      // @ts-expect-error It is a number.
      getNextPageParam: () => "2",
    });
  });

  it("requires of a page's request what the API does", () => {
    createPages(client, "users/:id/posts", {
      initialPageParam: 1,
      // @ts-expect-error The params are missing.
      toRequest: (page) => ({ query: { page } }),
      getNextPageParam: () => 2,
    });
    // @ts-expect-error The query is wrong.
    createPages(client, "posts", { ...paging, toRequest: () => ({ query: { cursor: 7 } }) });
  });

  it("takes the paths that can be read, and the options of plugins that see pages", () => {
    createPages(client, "posts", { ...paging, staleTime: 0, timeoutMs: 5, maxPages: 3 });
    // @ts-expect-error It can only be written.
    createPages(client, "drafts", paging);
    // @ts-expect-error No such path.
    createPages(client, "postz", paging);
    // @ts-expect-error That plugin sees reads alone.
    createPages(client, "posts", { ...paging, dedupe: false });
    // @ts-expect-error What pages do not need is missing.
    createPages(client, "posts", { initialPageParam: "", toRequest: () => ({ query: {} }) });
  });

  it("takes a client without plugins, and one whose API nobody described", () => {
    const { pages } = createPages(createClient(), "anything", {
      initialPageParam: 1,
      toRequest: (page) => ({ query: { page } }),
      getNextPageParam: () => null,
    }).getSnapshot();
    expectTypeOf(pages).toEqualTypeOf<readonly unknown[]>();
    createPages(createClient<Api>(), "posts", paging);
  });
});
