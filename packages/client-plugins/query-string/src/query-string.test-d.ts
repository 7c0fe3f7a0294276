import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { queryString, type QueryStringTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[]; query?: { ids: number[] } }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([queryString({ arrayFormat: "brackets" })]);

describe("queryString", () => {
  it("adds its options to every request", () => {
    void client.get("posts", { query: { ids: [1] }, arrayFormat: "comma", nestingSyntax: "dot" });
    void client.post("posts", { body: "Hi", skipNulls: false });
    // @ts-expect-error No such format.
    void client.get("posts", { arrayFormat: "semicolon" });
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error A misspelt option.
    queryString({ arrayformat: "comma" });
  });

  it("can be named by its type", () => {
    expectTypeOf(queryString()).toExtend<ClientPlugin<QueryStringTypes>>();
  });
});
