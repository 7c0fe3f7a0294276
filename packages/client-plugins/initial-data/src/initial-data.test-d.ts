import { createClient, type ClientErrorCode, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { initialData, type InitialDataErrorCode, type InitialDataTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([initialData({ refetchInitialData: true })]);

describe("initialData", () => {
  it("adds its options to reads, and to nothing else", () => {
    void client.get("posts", { initialData: ["at hand"], initialDataUpdatedAt: Date.now() });
    void client.observe("posts", { initialData: () => ["at hand"], refetchInitialData: false });
    // @ts-expect-error In milliseconds, not a date.
    void client.get("posts", { initialData: [], initialDataUpdatedAt: new Date() });
    // @ts-expect-error A write shows nothing.
    void client.post("posts", { body: "Hi", initialData: "Hi" });
  });

  it("adds its error code to those of the client", () => {
    expectTypeOf<InitialDataErrorCode>().toExtend<ClientErrorCode>();
  });

  it("can be named by its type", () => {
    expectTypeOf(initialData()).toExtend<ClientPlugin<InitialDataTypes>>();
  });
});
