import { describe, expectTypeOf, it } from "vitest";
import { createClient, definePlugin, type AnyPlugin, type ClientPlugin } from "../index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

interface CacheTypes {
  options: {
    /** In milliseconds. */
    staleTime?: number;
  };
  meta: { cached: boolean };
  methods: { clearCache(path: keyof Api): void };
}
interface RetryTypes {
  options: { retries?: number };
  meta: { attempts: number };
}
interface TenantTypes {
  options: { tenant: string };
}

const cache = () =>
  definePlugin<CacheTypes>()({ name: "cache", operations: ["read"], api: () => ({ clearCache() {} }) });
const retry = () => definePlugin<RetryTypes>()({ name: "retry", operations: ["read", "write"] });
const tenant = () => definePlugin<TenantTypes>()({ name: "acme:tenant", operations: ["write"] });

const client = createClient<Api>();

describe("options", () => {
  it("are accepted for the operations that the plugin names, with its types", () => {
    const cached = client.use([cache()]);
    void cached.get("posts", { staleTime: 5 });
    // @ts-expect-error It is a number.
    void cached.get("posts", { staleTime: "5" });
    // @ts-expect-error The cache is for reads.
    void cached.post("posts", { body: "Hi", staleTime: 5 });
  });

  it("are accepted for every operation by a plugin that names none", () => {
    const labelled = client.use([definePlugin<{ options: { label?: string } }>()({ name: "acme:label" })]);
    void labelled.get("posts", { label: "a" });
    void labelled.post("posts", { body: "Hi", label: "a" });
  });

  it("are required where the plugin requires them", () => {
    const tenanted = client.use([tenant()]);
    void tenanted.post("posts", { body: "Hi", tenant: "acme" });
    void tenanted.get("posts");
    // @ts-expect-error Whose is it?
    void tenanted.post("posts", { body: "Hi" });
    // @ts-expect-error Nor is the argument optional where nothing but the plugin requires something.
    void createClient<{ ping: { POST: { data: string } } }>().use([tenant()]).post("ping");
  });

  it("may be a union, which stays one beside other plugins", () => {
    type Shape = { mode: "page"; page: number } | { mode: "cursor"; cursor: string };
    const paged = client.use([definePlugin<{ options: Shape }>()({ name: "acme:pages" }), cache()]);
    void paged.get("posts", { mode: "page", page: 1, staleTime: 5 });
    // @ts-expect-error A page goes by its number.
    void paged.get("posts", { mode: "page", cursor: "a" });
  });

  it("of two plugins that overlap satisfy both", () => {
    const first = definePlugin<{ options: { level?: "low" | "mid"; first?: number } }>()({
      name: "acme:one",
    });
    const second = definePlugin<{ options: { level?: "mid" | "high"; second?: number } }>()({
      name: "acme:two",
    });
    const both = client.use([first, second]);
    void both.get("posts", { level: "mid", first: 1, second: 2 });
    // @ts-expect-error The second plugin knows no such level.
    void both.get("posts", { level: "low" });
  });

  it("are those of this client's plugins, whatever else the file defines", () => {
    const cached = client.use([cache()]);
    // @ts-expect-error `retry` stands in this file, and not in this client.
    void cached.get("posts", { retries: 2 });
    // @ts-expect-error The client that `use` was called on stays as it is.
    void client.get("posts", { staleTime: 5 });
  });

  it("go through `request` for any operation, none of them required", () => {
    const all = client.use([cache(), tenant()]);
    void all.request("posts", { method: "POST", staleTime: 5 });
    void all.request("posts", { operation: "acme:export", tenant: "acme" });
    // @ts-expect-error It is a number.
    void all.request("posts", { staleTime: "5" });
    // @ts-expect-error No plugin knows it.
    void all.request("posts", { retries: 2 });
  });
});

describe("meta", () => {
  it("is computed from the plugins, each of which may have told nothing", async () => {
    const { meta } = await client.use([cache(), retry()]).get("posts");
    expectTypeOf(meta).toEqualTypeOf<{ readonly cached?: boolean; readonly attempts?: number }>();
    // @ts-expect-error Nobody tells this.
    void meta.tenant;
  });

  it("is that of `request`, too", async () => {
    const { meta } = await client.use([cache()]).request("posts");
    expectTypeOf(meta).toEqualTypeOf<{ readonly cached?: boolean }>();
  });
});

describe("methods", () => {
  it("are computed from the plugins", () => {
    const cached = client.use([cache(), retry()]);
    expectTypeOf(cached.clearCache).toEqualTypeOf<CacheTypes["methods"]["clearCache"]>();
    // @ts-expect-error No such path.
    cached.clearCache("users");
    // @ts-expect-error Without the plugin there is no such method.
    client.clearCache("posts");
  });
});

describe("use", () => {
  it("adds to the plugins that are there", () => {
    const twice = client.use([cache()]).use([retry()]);
    void twice.get("posts", { staleTime: 5, retries: 2 });
    void twice.post("posts", { body: "Hi", retries: 2 });
    twice.clearCache("posts");
    // @ts-expect-error Neither plugin knows it.
    void twice.get("posts", { tenant: "acme" });
    expectTypeOf(twice).toEqualTypeOf(client.use([cache(), retry()]));
  });

  it("takes plugins that are only sometimes there", async () => {
    const debug = Math.random() > 0.5;
    const perhaps = client.use([cache(), ...(debug ? [retry()] : [])]);
    void perhaps.get("posts", { staleTime: 5, retries: 2 });
  });

  it("takes plugins of unknown types, which add nothing", async () => {
    const list: AnyPlugin[] = [cache(), retry()];
    const { data, meta } = await client.use(list).get("posts");
    expectTypeOf(data).toEqualTypeOf<string[] | undefined>();
    expectTypeOf(meta).toEqualTypeOf<{}>();
    // @ts-expect-error Who knows whether the cache is among them?
    void client.use(list).get("posts", { staleTime: 5 });
  });

  it("types the hooks of a plugin that is written out in its call", () => {
    const inline = client.use([
      cache(),
      {
        name: "acme:inline",
        operations: ["read"],
        async middleware(context, next) {
          expectTypeOf(context.path).toEqualTypeOf<string>();
          const response = await next();
          expectTypeOf(response.status).toEqualTypeOf<number | undefined>();
          return response;
        },
        afterResponse(context, response) {
          expectTypeOf(context.temp).toEqualTypeOf<Map<string, unknown>>();
          expectTypeOf(response.status).toEqualTypeOf<number>();
        },
      },
    ]);
    void inline.get("posts", { staleTime: 5 });
    // @ts-expect-error It adds no options: `definePlugin` does.
    void inline.get("posts", { label: "a" });
    // @ts-expect-error Its middleware has to return a response.
    client.use([{ name: "acme:silent", middleware: async (_context, next) => void (await next()) }]);
  });

  it("refuses what is no list of plugins", () => {
    // @ts-expect-error A list.
    client.use(cache());
    // @ts-expect-error A factory is to be called; like a plugin, it has a name.
    client.use([cache]);
    // @ts-expect-error A plugin has a name.
    client.use([{ operations: ["read"] }]);
  });
});

describe("a plugin with less exact types", () => {
  it("is what the same plugin with more exact types can be used as", () => {
    const exact = definePlugin<CacheTypes>()({
      name: "cache",
      operations: ["read"],
      dependencies: ["acme:other"],
      api: () => ({ clearCache() {} }),
    });
    const declared: ClientPlugin<CacheTypes> = exact;
    void client.use([declared]).get("posts", { staleTime: 5 });
  });
});
