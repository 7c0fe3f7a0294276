import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { gc, type GcTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] } };
}

const client = createClient<Api>().use([gc({ gcTime: 60_000, maxEntries: 100 })]);

describe("gc", () => {
  it("adds gcTime to reads", () => {
    void client.get("posts", { gcTime: 0 });
    void client.observe("posts", { gcTime: Infinity });
    // @ts-expect-error In milliseconds, not a text.
    void client.get("posts", { gcTime: "5m" });
    // @ts-expect-error How many there are is not for a read to say.
    void client.get("posts", { maxEntries: 5 });
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error A misspelt option.
    gc({ gctime: 60_000 });
  });

  it("can be named by its type", () => {
    expectTypeOf(gc()).toExtend<ClientPlugin<GcTypes>>();
  });
});
