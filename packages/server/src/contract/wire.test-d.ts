import { describe, expectTypeOf, it } from "vitest";
import type { Wire } from "../index.ts";

describe("on the wire", () => {
  it("dates and what has toJSON are what that gives", () => {
    expectTypeOf<Wire<Date>>().toEqualTypeOf<string>();
    expectTypeOf<Wire<{ at: Date; link: URL }>>().toEqualTypeOf<{ at: string; link: string }>();
    expectTypeOf<Wire<{ toJSON(): { at: Date } }>>().toEqualTypeOf<{ at: string }>();
    expectTypeOf<Wire<Date | undefined>>().toEqualTypeOf<string | undefined>();
  });

  it("properties that may be undefined may be absent, whatever else they may be", () => {
    expectTypeOf<Wire<{ a: Date | undefined; b?: number; c?: number | undefined; d: null }>>().toEqualTypeOf<{
      a?: string;
      b?: number;
      c?: number;
      d: null;
    }>();
    expectTypeOf<Wire<{ a: undefined; b: number }>>().toEqualTypeOf<{ b: number }>();
    expectTypeOf<Wire<Record<string, Date | undefined>>>().toEqualTypeOf<Record<string, string>>();
  });

  it("functions and symbols are gone, and leave null in an array", () => {
    class Money {
      readonly cents = 1 as number;
      toText() {
        return `${this.cents}`;
      }
    }
    expectTypeOf<Wire<Money>>().toEqualTypeOf<{ readonly cents: number }>();
    expectTypeOf<
      Wire<{ a: () => void; b: symbol; c: string | (() => void); [Symbol.iterator]: 1 }>
    >().toEqualTypeOf<{
      c?: string;
    }>();
    expectTypeOf<Wire<(number | undefined)[]>>().toEqualTypeOf<(number | null)[]>();
    expectTypeOf<Wire<[() => void, 1]>>().toEqualTypeOf<[null, 1]>();
    expectTypeOf<Wire<() => void>>().toBeNever();
  });

  it("maps, sets, expressions and promises are empty, and a big integer is no value at all", () => {
    type Empty = Record<never, never>;
    expectTypeOf<
      Wire<{ a: Map<string, number>; b: Set<Date>; c: RegExp; d: Promise<number> }>
    >().toEqualTypeOf<{
      a: Empty;
      b: Empty;
      c: Empty;
      d: Empty;
    }>();
    expectTypeOf<Wire<{ id: bigint; n: number }>>().toEqualTypeOf<{ id: never; n: number }>();
    expectTypeOf<Wire<Uint8Array>>().toEqualTypeOf<Record<string, number>>();
    class Failure extends Error {
      readonly left = 1 as number;
    }
    expectTypeOf<Wire<Failure>>().toEqualTypeOf<{ readonly left: number }>();
  });

  it("tuples, unions, brands, recursion and unknown stay", () => {
    expectTypeOf<Wire<readonly [Date, ...number[]]>>().toEqualTypeOf<readonly [string, ...number[]]>();
    expectTypeOf<Wire<{ kind: "a"; at: Date } | { kind: "b" }>>().toEqualTypeOf<
      { kind: "a"; at: string } | { kind: "b" }
    >();
    type Id = string & { readonly __brand: "id" };
    expectTypeOf<Wire<{ id: Id }>>().toEqualTypeOf<{ id: Id }>();
    interface Tree {
      at: Date;
      children: Tree[];
      parent?: Tree;
    }
    expectTypeOf<Wire<Tree>["children"][number]["children"][number]["at"]>().toEqualTypeOf<string>();
    expectTypeOf<NonNullable<Wire<Tree>["parent"]>["at"]>().toEqualTypeOf<string>();
    type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
    expectTypeOf<Json>().toExtend<Wire<Json>>();
    expectTypeOf<Wire<Json>>().toExtend<Json>();
    expectTypeOf<Wire<{ a: unknown; b?: unknown }>>().toEqualTypeOf<{ a: unknown; b?: unknown }>();
    expectTypeOf<Wire<unknown>>().toBeUnknown();
    expectTypeOf<Wire<never>>().toBeNever();
    expectTypeOf<Wire<boolean | null>>().toEqualTypeOf<boolean | null>();
  });
});
