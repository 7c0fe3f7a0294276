import { describe, expectTypeOf, it } from "vitest";
import { createClient, definePlugin, type ClientError } from "../index.ts";
import { createSubscription, type SubscriptionAdapter } from "./index.ts";

interface Price {
  readonly symbol: string;
  readonly price: number;
}
interface Api {
  prices: { GET: { data: Price; query: { of: string }; error: { reason: string } } };
  "rooms/:id": { GET: { data: string } };
  answers: { POST: { data: string; body: { question: string } } };
}

declare const adapter: SubscriptionAdapter;
const seen = definePlugin<{ options: { trace?: boolean }; meta: { traceId: string } }>()({
  name: "seen",
  operations: ["subscribe"],
});
const reads = definePlugin<{ options: { staleTime?: number } }>()({ name: "cache", operations: ["read"] });
const client = createClient<Api>().use([seen, reads]);
const query = { of: "gold" };

describe("createSubscription", () => {
  it("gives a message, or what it is merged into, as the data", () => {
    const prices = createSubscription(client, "prices", { adapter, query, trace: true });
    const snapshot = prices.getSnapshot();
    expectTypeOf(snapshot.data).toEqualTypeOf<Price | undefined>();
    expectTypeOf(snapshot.error).toEqualTypeOf<ClientError<{ reason: string }> | undefined>();
    expectTypeOf(snapshot.meta).toEqualTypeOf<{ readonly traceId?: string }>();
    const merged = createSubscription(client, "prices", { adapter, query, accumulate: "merge" });
    expectTypeOf(merged.getSnapshot().data).toEqualTypeOf<Price | undefined>();
  });

  it("gives all messages where they are appended", () => {
    const prices = createSubscription(client, "prices", { adapter, query, accumulate: "append" });
    expectTypeOf(prices.getSnapshot().data).toEqualTypeOf<readonly Price[] | undefined>();
  });

  it("gives what a function makes of them", () => {
    const sum = createSubscription(client, "prices", {
      adapter,
      query,
      accumulate(previous: number | undefined, { price }, { id }) {
        expectTypeOf(price).toEqualTypeOf<number>();
        expectTypeOf(id).toEqualTypeOf<string | undefined>();
        return (previous ?? 0) + price;
      },
      onMessage: (message) => expectTypeOf(message).toEqualTypeOf<Price>(),
    });
    expectTypeOf(sum.getSnapshot().data).toEqualTypeOf<number | undefined>();
  });

  it("requires what the API does, and takes the options of plugins that see subscriptions", () => {
    createSubscription(client, "rooms/:id", { adapter, params: { id: 1 } });
    createSubscription(client, "answers", { adapter, method: "POST", body: { question: "?" } });
    // @ts-expect-error The query is missing.
    createSubscription(client, "prices", { adapter });
    // @ts-expect-error The adapter is missing.
    createSubscription(client, "prices", { query });
    // @ts-expect-error It can only be posted to.
    createSubscription(client, "answers", { adapter });
    // @ts-expect-error No such path.
    createSubscription(client, "pricez", { adapter });
    // @ts-expect-error That plugin sees reads alone.
    createSubscription(client, "prices", { adapter, query, staleTime: 5 });
    // @ts-expect-error No such way.
    createSubscription(client, "prices", { adapter, query, accumulate: "concat" });
  });

  it("takes new options as the first ones", () => {
    const rooms = createSubscription(client, "rooms/:id", { adapter, params: { id: 1 } });
    rooms.update({ adapter, params: { id: 2 }, reconnect: false });
    // @ts-expect-error The params are missing.
    rooms.update({ adapter });
  });

  it("takes a client whose API nobody described", () => {
    const anything = createSubscription(createClient(), "anything", { adapter });
    expectTypeOf(anything.getSnapshot().data).toEqualTypeOf<unknown>();
  });
});
