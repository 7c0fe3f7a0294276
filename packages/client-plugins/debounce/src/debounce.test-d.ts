import { createClient, type ClientErrorCode, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { debounce, type DebounceTypes } from "./index.ts";

interface Api {
  search: { GET: { data: string[]; query: { text: string } }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([debounce({ debounceMs: 300, operations: ["read"] })]);

describe("debounce", () => {
  it("adds debounceMs to requests of any operation", () => {
    void client.get("search", { query: { text: "a" }, debounceMs: 0 });
    void client.observe("search", { query: { text: "a" }, debounceMs: 300 });
    void client.post("search", { body: "a", debounceMs: 300 });
    // @ts-expect-error In milliseconds, not a text.
    void client.post("search", { body: "a", debounceMs: "300ms" });
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error The unit is missing.
    debounce({ debounce: 300 });
  });

  it("registers its error code", () => {
    expectTypeOf<"SUPERSEDED">().toExtend<ClientErrorCode>();
  });

  it("can be named by its type", () => {
    expectTypeOf(debounce()).toExtend<ClientPlugin<DebounceTypes>>();
  });
});
