import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { throttle, type ThrottleTypes } from "./index.ts";

interface Api {
  prices: { GET: { data: number }; POST: { data: number; body: number } };
}

const client = createClient<Api>().use([throttle({ throttleMs: 1_000 })]);

describe("throttle", () => {
  it("adds throttleMs to reads, and to nothing else", () => {
    void client.get("prices", { throttleMs: 0 });
    void client.observe("prices", { throttleMs: 5_000 });
    // @ts-expect-error In milliseconds, not a text.
    void client.get("prices", { throttleMs: "1s" });
    // @ts-expect-error No write is dropped.
    void client.post("prices", { body: 1, throttleMs: 1_000 });
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error The unit is missing.
    throttle({ throttle: 1_000 });
  });

  it("can be named by its type", () => {
    expectTypeOf(throttle()).toExtend<ClientPlugin<ThrottleTypes>>();
  });
});
