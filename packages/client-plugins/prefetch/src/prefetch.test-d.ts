import { createClient, definePlugin, type ClientPlugin } from "@x/client";
import { cache } from "@x/client-cache";
import { describe, expectTypeOf, it } from "vitest";
import { prefetch, type PrefetchTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[]; query?: { tag: string } }; POST: { data: string } };
  "posts/:id": { GET: { data: { title: string }; error: { reason: string } } };
}

const label = definePlugin<{ options: { label?: string }; meta: { labelled: boolean } }>()({
  name: "test:label",
  operations: ["read"],
});
const client = createClient<Api>().use([cache(), prefetch()]).use([label]);

describe("prefetch", () => {
  it("is typed as the client's get, whatever plugins come before and after it", async () => {
    expectTypeOf(client.prefetch).toEqualTypeOf<typeof client.get>();
    const { data, error, meta } = await client.prefetch("posts/:id", {
      params: { id: 1 },
      staleTime: 0,
      label: "a",
    });
    expectTypeOf(data).toEqualTypeOf<{ title: string } | undefined>();
    expectTypeOf(error?.body?.reason).toEqualTypeOf<string | undefined>();
    expectTypeOf(meta).toEqualTypeOf<{ readonly labelled?: boolean }>();
  });

  it("refuses what get refuses", () => {
    // @ts-expect-error No such path.
    void client.prefetch("users");
    // @ts-expect-error The path has a param.
    void client.prefetch("posts/:id");
    // @ts-expect-error No plugin has this option.
    void client.prefetch("posts", { retries: 1 });
    // @ts-expect-error The API has no such query.
    void client.prefetch("posts", { query: { page: 1 } });
  });

  it("is no method of a client without the plugin", () => {
    // @ts-expect-error It has none.
    void createClient<Api>().prefetch;
  });

  it("is untyped for a client without an API", async () => {
    const { data } = await createClient()
      .use([prefetch()])
      .prefetch("anything/:id", { params: { id: 1 } });
    expectTypeOf(data).toBeUnknown();
  });

  it("can be named by its type", () => {
    expectTypeOf(prefetch()).toExtend<ClientPlugin<PrefetchTypes>>();
  });
});
