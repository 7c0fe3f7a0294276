import { defineApi, type Plugin, type PluginClass } from "@x/server";
import { describe, expectTypeOf, it } from "vitest";
import DefaultExport, {
  assertUser,
  type AuthConfig,
  AuthPlugin,
  type CurrentUser,
  type TokenUser,
} from "./index.ts";

/** Beside what a token tells: the other tests of this package see the augmentations, too. */
interface Person extends TokenUser {
  readonly name?: string;
}

declare module "./types.ts" {
  interface TokenClaims {
    readonly email?: string;
  }
  interface AuthTypes {
    user: Person;
  }
}

describe("AuthPlugin", () => {
  it("is a class as faas.yaml names it, by default and by name", () => {
    expectTypeOf(AuthPlugin).toExtend<PluginClass>();
    expectTypeOf(DefaultExport).toEqualTypeOf(AuthPlugin);
    expectTypeOf<AuthPlugin>().toExtend<Plugin>();
  });

  it("types the user as the application chooses", () => {
    expectTypeOf<CurrentUser>().toEqualTypeOf<Person>();
    defineApi({
      handler({ current_user }) {
        expectTypeOf(current_user).toEqualTypeOf<Person | null | undefined>();
        assertUser(current_user, "admin");
        expectTypeOf(current_user).toEqualTypeOf<Person>();
      },
    });
  });

  it("types the claims that mapUser gets, and asks it for such a user", () => {
    void new AuthPlugin({
      mapUser(claims) {
        expectTypeOf(claims.email).toEqualTypeOf<string | undefined>();
        return { id: "ann", name: claims.email ?? "", roles: [], claims };
      },
    });
    // @ts-expect-error A user has an id.
    void new AuthPlugin({ mapUser: () => ({ roles: [] }) });
    void new AuthPlugin({ mapUser: async () => null });
  });

  it("refuses options and algorithms that it does not know", () => {
    // @ts-expect-error A misspelt option.
    void new AuthPlugin({ config: { isuer: "https://id.example" } });
    // @ts-expect-error There is no such algorithm.
    expectTypeOf<{ algorithms: ["none"] }>().toExtend<AuthConfig>();
  });
});

describe("assertUser", () => {
  it("asks for roles of users that have some alone", () => {
    const machine: { readonly id: string } | null = { id: "printer" };
    assertUser(machine);
    // @ts-expect-error It has no roles.
    assertUser(machine, "admin");
  });
});
