import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { next, type NextTypes, type RevalidatedPath, type ServerRevalidation } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([next()]);

describe("next", () => {
  it("adds what fetch takes in Next.js to requests", () => {
    void client.get("posts", { next: { revalidate: 60, tags: ["sidebar"] } });
    void client.get("posts", { next: { revalidate: false } });
    // @ts-expect-error Seconds or false: what is kept for good is not `true`.
    void client.get("posts", { next: { revalidate: true } });
    // @ts-expect-error fetch takes no such thing.
    void client.get("posts", { next: { tag: "sidebar" } });
  });

  it("adds what a write revalidates", () => {
    void client.post("posts", { body: "Hi", revalidateTags: ["posts"], serverRevalidate: true });
    void client.post("posts", { body: "Hi", revalidatePaths: ["/", { path: "/posts/[id]", type: "page" }] });
    // @ts-expect-error There are layouts and pages.
    void client.post("posts", { body: "Hi", revalidatePaths: [{ path: "/", type: "route" }] });
    // @ts-expect-error A list, as there may be many.
    void client.post("posts", { body: "Hi", revalidateTags: "posts" });
  });

  it("takes a server action as its revalidator", () => {
    next({ revalidator: async ({ tags, paths }) => void [tags, paths] });
    next({
      revalidator(revalidation) {
        expectTypeOf(revalidation).toEqualTypeOf<ServerRevalidation>();
        expectTypeOf(revalidation.paths).toEqualTypeOf<readonly RevalidatedPath[]>();
      },
    });
    // @ts-expect-error It is given one thing.
    next({ revalidator: (tags: string[], paths: string[]) => void [tags, paths] });
    // @ts-expect-error A misspelt option.
    next({ revalidateTag: ["posts"] });
  });

  it("can be named by its type", () => {
    expectTypeOf(next()).toExtend<ClientPlugin<NextTypes>>();
  });
});
