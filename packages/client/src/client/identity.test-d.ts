import { describe, expectTypeOf, it } from "vitest";
import { createClient, definePlugin, type ClientEventRegistry, type DehydratedState } from "../index.ts";

describe("the identity of a client", () => {
  it("is a text, nothing, or a function that gives it", () => {
    createClient({ identity: "ada" });
    createClient({ identity: undefined });
    createClient({ identity: () => sessionStorage.getItem("user") });
    // @ts-expect-error An id that is a number is to be made into text by who knows how.
    createClient({ identity: 7 });
    // @ts-expect-error It is asked for in the middle of a request, and there is no time to wait.
    createClient({ identity: async () => "ada" });
  });

  it("is told by the client, to plugins and by its event", () => {
    expectTypeOf(createClient().checkIdentity()).toEqualTypeOf<string | undefined>();
    expectTypeOf<ClientEventRegistry["identity"]["previous"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<DehydratedState["identity"]>().toEqualTypeOf<string | undefined>();
    definePlugin()({
      name: "test:types",
      setup(scope) {
        expectTypeOf(scope.identity).toEqualTypeOf<string | undefined>();
        expectTypeOf(scope.clientScope).toEqualTypeOf<typeof scope.clientScope.clientScope>();
      },
      middleware(context, next) {
        expectTypeOf(context.identity).toEqualTypeOf<string | undefined>();
        // @ts-expect-error Only the application knows whose it is.
        context.identity = "grace";
        // @ts-expect-error Outside of a request there is none.
        void context.clientScope.request;
        return next();
      },
    });
  });
});

describe("the request scope of a client", () => {
  it("is whatever the platform has for it", () => {
    createClient({ requestScope: () => undefined });
    createClient({ requestScope: () => new Map<string, string>() });
    // @ts-expect-error A scope that is the same for all is none.
    createClient({ requestScope: {} });
  });
});
