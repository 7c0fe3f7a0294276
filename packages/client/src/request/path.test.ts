import { assert, asyncProperty, string } from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParamValue } from "./path.ts";
import { createClient } from "../client/create-client.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import { inProcessTransport } from "../transport/fetch-transport.ts";

type Params = Record<string, ParamValue>;

/** Gets a path from a handler, and tells what URL that was asked for. */
async function get(path: string, params?: Params) {
  const urls: URL[] = [];
  const transport = inProcessTransport((request) => {
    urls.push(new URL(request.url));
    return Response.json("here");
  });
  const { error } = await createClient({ transport, baseUrl: "/api" }).get(path, { params });
  return { error, url: urls[0] };
}

describe("a path is filled in", () => {
  it.each<[string, Params, string]>([
    ["posts/:id", { id: 1 }, "/api/posts/1"],
    ["posts/:id", { id: 0 }, "/api/posts/0"],
    ["posts/:id", { id: false }, "/api/posts/false"],
    ["posts/:id", { id: 2n ** 64n }, "/api/posts/18446744073709551616"],
    ["/posts/:id/", { id: "a" }, "/api/posts/a"],
    [":a/:b/:a", { a: "x", b: "y" }, "/api/x/y/x"],
    ["posts/:id", { id: 1, unused: 2 }, "/api/posts/1"],
    ["posts/:", {}, "/api/posts/:"],
    ["posts/a:b", {}, "/api/posts/a:b"],
    ["posts//:id", { id: 1 }, "/api/posts/1"],
  ])("%s with %o: %s", async (path, params, pathname) => {
    expect((await get(path, params)).url?.pathname).toBe(pathname);
  });
});

describe("B-28 a param stays inside its segment", () => {
  it.each([
    "../../admin",
    "..\\..\\admin",
    "a/b?x=1",
    "a#b",
    "%2e%2e",
    "%2F",
    "a;b=1",
    "...",
    ". ",
    "\0",
    "ü€😀",
  ])("%j", async (id) => {
    const { url } = await get("posts/:id/comments", { id });
    const segments = url!.pathname.split("/");
    expect(segments).toHaveLength(5);
    expect(decodeURIComponent(segments[3]!)).toBe(id);
    expect(url!.search + url!.hash).toBe("");
  });

  it.each(["..", ".", ""])("%j would leave it, so it is INVALID_PARAM and never sent", async (id) => {
    const { error, url } = await get("posts/:id/comments", { id });
    expect(error?.code).toBe("INVALID_PARAM");
    expect(url).toBeUndefined();
  });

  it("half a character of a cut string becomes the replacement character, as in every URL", async () => {
    const { url } = await get("posts/:id", { id: "😀".slice(0, 1) });
    expect(decodeURIComponent(url!.pathname)).toBe("/api/posts/\ufffd");
  });

  it("whatever text it is", async () => {
    const segment = string({ unit: "binary" }).filter((id) => !["", ".", ".."].includes(id));
    await assert(
      asyncProperty(segment, async (id) => {
        const { url } = await get("posts/:id/comments", { id });
        expect(url!.pathname.split("/").map(decodeURIComponent)).toEqual([
          "",
          "api",
          "posts",
          id,
          "comments",
        ]);
      }),
    );
  });
});

describe("a param that is missing", () => {
  it.each([{}, undefined, { other: 1 }, { id: undefined }, { id: null }])(
    "in %j is MISSING_PARAM",
    async (params) => {
      const { error, url } = await get("posts/:id", params as Params | undefined);
      expect(error?.code).toBe("MISSING_PARAM");
      expect(error?.message).toContain('"id"');
      expect(url).toBeUndefined();
    },
  );

  it("keeps its name in the key, so that no value can be mistaken for it", async () => {
    const keys: string[] = [];
    const record = definePlugin()({
      name: "test:record",
      middleware({ queryKey }, next) {
        keys.push(queryKey);
        return next();
      },
    });
    const client = createClient().use([record]);
    for (const id of [undefined, null, "null", "undefined"]) {
      await client.request("posts/:id", { params: { id: id as string } });
    }
    expect(keys).toEqual(["GET posts/:id", "GET posts/:id", "GET posts/null", "GET posts/undefined"]);
  });

  it("is none when a plugin answers for the network", async () => {
    const answer = definePlugin()({ name: "test:answer", middleware: () => ({ data: "here", status: 200 }) });
    const { data } = await createClient().use([answer]).request("posts/:id");
    expect(data).toBe("here");
  });
});

describe("params that a plugin changes", () => {
  const withParams = (params: Params) =>
    definePlugin()({
      name: "test:params",
      middleware(context, next) {
        context.request.params = params;
        return next();
      },
    });
  const urls: string[] = [];
  const transport = inProcessTransport((request) => {
    urls.push(new URL(request.url).pathname);
    return Response.json("here");
  });

  it("are those that are sent", async () => {
    const client = createClient({ transport }).use([withParams({ id: 2 })]);
    await client.get("posts/:id", { params: { id: 1 } });
    expect(urls).toEqual(["/posts/2"]);
  });

  it("are those that are checked", async () => {
    const client = createClient({ transport }).use([withParams({ id: ".." })]);
    expect((await client.get("posts/:id", { params: { id: 1 } })).error?.code).toBe("INVALID_PARAM");
  });
});

describe("a path that was seen before", () => {
  it("has a key of its own for every value of its param, however many there are, and the same for equal ones", () => {
    const { queryKeyOf } = createClient();
    for (const round of [1, 2])
      for (let id = 0; id < 500; id += 1) {
        expect(queryKeyOf("posts/:id", { params: { id } }), `round ${round}`).toBe(`GET posts/${id}`);
        expect(queryKeyOf("posts/:id", { params: { id: String(id) } })).toBe(`GET posts/${id}`);
      }
  });

  it("is filled in anew, also after thousands of others", async () => {
    const urls: string[] = [];
    const transport = inProcessTransport((request) => {
      urls.push(new URL(request.url).pathname);
      return Response.json("here");
    });
    const client = createClient({ transport });
    await client.get("posts/:id", { params: { id: 1 } });
    for (let at = 0; at < 2_500; at += 1) void client.request(`other/${at}/:id`);
    await client.get("posts/:id", { params: { id: 2 } });
    expect(urls).toEqual(["/posts/1", "/posts/2"]);
  });
});
