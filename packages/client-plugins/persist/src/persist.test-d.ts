import { createClient, type ClientErrorCode, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { jsonStorage, persist, type PersistMethods, type PersistTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([persist({ schemaVersion: 1 })]);

describe("persist", () => {
  it("adds its option to requests, and its methods to the client", () => {
    void client.get("posts", { persist: false });
    expectTypeOf(client.savePersisted).toEqualTypeOf<PersistMethods["savePersisted"]>();
    // @ts-expect-error No boolean.
    void client.get("posts", { persist: "no" });
  });

  it("takes a map, a web storage, and refuses what is neither", () => {
    persist({ storage: new Map<string, unknown>() });
    persist({ storage: jsonStorage(localStorage) });
    // @ts-expect-error It holds texts, and not state.
    persist({ storage: localStorage });
  });

  it("registers its error code", () => {
    expectTypeOf<"PERSIST_FAILED">().toExtend<ClientErrorCode>();
  });

  it("can be named by its type", () => {
    expectTypeOf(persist()).toExtend<ClientPlugin<PersistTypes>>();
  });
});
