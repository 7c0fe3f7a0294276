import { createClient, type ClientPlugin, type ClientResponse } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { polling, type PollingTypes, type Visibility } from "./index.ts";

interface Job {
  done: boolean;
}

interface Api {
  jobs: { GET: { data: Job }; POST: { data: Job; body: string } };
}

const client = createClient<Api>().use([polling({ refetchInterval: 5_000 })]);

describe("polling", () => {
  it("adds its options to observers of reads", () => {
    client.observe("jobs", { refetchInterval: 1_000, refetchIntervalInBackground: true });
    client.observe("jobs", { refetchInterval: false });
    // @ts-expect-error In milliseconds, not a text.
    client.observe("jobs", { refetchInterval: "1s" });
    // @ts-expect-error A write is not repeated.
    void client.post("jobs", { body: "a", refetchInterval: 1_000 });
  });

  it("takes a function that says what data it expects", () => {
    client.observe("jobs", {
      refetchInterval: ({ data }: ClientResponse<Job>) => (data?.done ? false : 1_000),
    });
    client.observe("jobs", {
      refetchInterval: (response) => {
        expectTypeOf(response).toEqualTypeOf<ClientResponse>();
        return response.error ? 10_000 : 1_000;
      },
    });
    // @ts-expect-error Neither milliseconds nor false.
    client.observe("jobs", { refetchInterval: () => "1s" });
  });

  it("takes the visibility of other platforms", () => {
    const visibility: Visibility = { isVisible: () => true, subscribe: () => () => {} };
    polling({ visibility });
    // @ts-expect-error Nobody would be told that it is visible again.
    polling({ visibility: { isVisible: () => true } });
  });

  it("can be named by its type", () => {
    expectTypeOf(polling()).toExtend<ClientPlugin<PollingTypes>>();
  });
});
