import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { refetch, type Subscribe, type RefetchTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([refetch({ refetchOnWindowFocus: "always" })]);

describe("refetch", () => {
  it("adds its options to observers of reads", () => {
    client.observe("posts", { refetchOnWindowFocus: false, refetchOnReconnect: "always" });
    // @ts-expect-error Neither a boolean nor "always".
    client.observe("posts", { refetchOnReconnect: "sometimes" });
    // @ts-expect-error A write is not repeated.
    void client.post("posts", { body: "a", refetchOnReconnect: true });
  });

  it("takes the events of other platforms", () => {
    const events: Subscribe = () => () => {};
    refetch({ focusEvents: events, reconnectEvents: events });
    // @ts-expect-error Nobody could stop listening.
    refetch({ focusEvents: () => {} });
  });

  it("can be named by its type", () => {
    expectTypeOf(refetch()).toExtend<ClientPlugin<RefetchTypes>>();
  });
});
