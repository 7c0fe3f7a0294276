import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { deduplication, type DeduplicationTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([deduplication()]);

describe("deduplication", () => {
  it("adds dedupe to requests of every operation", () => {
    void client.get("posts", { dedupe: false });
    void client.post("posts", { body: "Hi", dedupe: true });
    void client.request("posts", { operation: "acme:export", dedupe: true });
    // @ts-expect-error It is either shared or not.
    void client.get("posts", { dedupe: "never" });
  });

  it("takes the names of operations", () => {
    deduplication({ operations: ["read", "acme:export"] });
    // @ts-expect-error A list of them.
    deduplication({ operations: "read" });
    // @ts-expect-error Per request it is `dedupe`; here it is about operations.
    deduplication({ dedupe: true });
  });

  it("can be named by its type", () => {
    expectTypeOf(deduplication()).toExtend<ClientPlugin<DeduplicationTypes>>();
  });
});
