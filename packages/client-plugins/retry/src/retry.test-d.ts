import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import { retry, type RetryInternal, type RetryTypes } from "./index.ts";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([retry({ retries: 2, retryDelay: 500 })]);

describe("retry", () => {
  it("adds its options to requests of every operation", () => {
    void client.get("posts", { retries: 0 });
    void client.post("posts", { body: "Hi", retries: 2, maxRetryDelay: 1_000 });
    void client.get("posts", { retryDelay: (attempt) => attempt * 100 });
    void client.get("posts", { shouldRetry: ({ status }, attempt) => status === 404 && attempt < 2 });
    // @ts-expect-error How often.
    void client.get("posts", { retries: true });
    // @ts-expect-error A function gives milliseconds.
    void client.get("posts", { retryDelay: () => "1s" });
  });

  it("tells other plugins the type of its internal API", () => {
    const plugin: ClientPlugin = {
      name: "test:careful",
      middleware(context, next) {
        expectTypeOf(context.plugins.get("retry")).toEqualTypeOf<RetryInternal | undefined>();
        return next();
      },
    };
    void client.use([plugin]);
  });

  it("can be named by its type", () => {
    expectTypeOf(retry()).toExtend<ClientPlugin<RetryTypes>>();
  });
});
