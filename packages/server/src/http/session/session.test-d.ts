import { expectTypeOf, test } from "vitest";
import type { Session } from "../../types.ts";

declare module "../../types.ts" {
  interface SessionValues {
    testUserId: number;
  }
}

declare const session: Session;

test("a session value has the type that was declared for its key", () => {
  expectTypeOf(session.get("testUserId")).resolves.toEqualTypeOf<number | undefined>();
  expectTypeOf(session.set("testUserId", 1)).resolves.toBeVoid();
  void session.set("testUserId", undefined);
  // @ts-expect-error -- declared as a number
  void session.set("testUserId", "1");
});

test("a session value that was not declared may be anything", () => {
  expectTypeOf(session.get("testOther")).resolves.toBeUnknown();
  void session.set("testOther", { a: 1 });
});
