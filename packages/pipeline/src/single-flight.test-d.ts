// oxlint-disable vitest/expect-expect -- an error that is expected is the assertion
import { expectTypeOf, it } from "vitest";
import { singleFlight } from "./single-flight.ts";

it("promises what the function gives, synchronously or not", () => {
  expectTypeOf(singleFlight(() => 5)).toEqualTypeOf<() => Promise<number>>();
  expectTypeOf(singleFlight(async () => "text")).toEqualTypeOf<() => Promise<string>>();
  expectTypeOf(singleFlight((): PromiseLike<string> | string => "text")).toEqualTypeOf<
    () => Promise<string>
  >();
  expectTypeOf(singleFlight(async () => {})).toEqualTypeOf<() => Promise<void>>();
});

it("takes no arguments: callers that share a run cannot each have their own", () => {
  // @ts-expect-error The function would be given nothing.
  singleFlight(async (id: number) => id);
  // @ts-expect-error Nor does the flight take any.
  singleFlight(async () => 5)(1);
});
