import { createClient, type ClientErrorCode, type ClientPlugin, type ClientResponse } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { auth, type AuthTypes, type Locks } from "./index.ts";

interface Api {
  me: { GET: { data: string }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([auth({ getToken: () => undefined, refresh: () => {} })]);

describe("auth", () => {
  it("adds its option to every request", () => {
    void client.get("me", { auth: false });
    void client.post("me", { body: "Hi", auth: true });
    // @ts-expect-error No boolean.
    void client.get("me", { auth: "no" });
  });

  it("needs a refresh, whose argument is known", () => {
    auth({
      refresh({ send, signal }) {
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
        return send("auth/refresh", { method: "POST", signal });
      },
    });
    auth({
      async refresh({ send }) {
        expectTypeOf(send("auth/refresh")).resolves.toEqualTypeOf<ClientResponse>();
        const { data, error } = await send<Api["me"]["GET"]["data"]>("me");
        if (error) throw error;
        expectTypeOf(data).toEqualTypeOf<string>();
      },
    });
    // @ts-expect-error Without a refresh it is a function that gives headers.
    auth({ getToken: () => "t1" });
  });

  it("takes the platform's locks as they are", () => {
    auth({ refresh: () => {}, locks: navigator.locks as Locks });
    auth({ refresh: () => {}, locks: false });
  });

  it("registers its error code", () => {
    expectTypeOf<"REFRESH_FAILED">().toExtend<ClientErrorCode>();
  });

  it("can be named by its type", () => {
    expectTypeOf(auth({ refresh: () => {} })).toExtend<ClientPlugin<AuthTypes>>();
  });
});
