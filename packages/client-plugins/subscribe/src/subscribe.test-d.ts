import type { ClientErrorCode } from "@x/client";
import type { SubscriptionAdapter } from "@x/client/subscribe";
import { describe, expectTypeOf, it } from "vitest";
import { fetchStream, serverSentEvents, webSocket, type SubscribeErrorCode } from "./index.ts";

describe("the adapters", () => {
  it("are what a subscription takes, with and without options", () => {
    expectTypeOf([serverSentEvents(), fetchStream(), webSocket()]).toExtend<SubscriptionAdapter[]>();
    serverSentEvents({ events: ["tick"], parse: (data, event) => [data, event], maxEventLength: 5 });
    fetchStream({ format: "lines", maxLineLength: 5 });
    webSocket({ protocols: ["a"], toUrl: (url) => url, greeting: () => "hi", parse: Number });
  });

  it("refuse options that they do not know", () => {
    // @ts-expect-error No such format.
    fetchStream({ format: "csv" });
    // @ts-expect-error The unit is in its name.
    serverSentEvents({ maxLength: 5 });
    // @ts-expect-error An address is a URL.
    webSocket({ toUrl: () => "ws://somewhere" });
  });

  it("register their error codes", () => {
    expectTypeOf<SubscribeErrorCode>().toExtend<ClientErrorCode>();
  });
});
