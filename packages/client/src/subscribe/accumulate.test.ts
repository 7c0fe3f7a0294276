import { describe, expect, it } from "vitest";
import { createHeldAdapter } from "../test-support/held-adapter.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createSubscription } from "./index.ts";

interface Api {
  users: { GET: { data: Record<string, unknown> } };
}

describe("accumulate", () => {
  async function opened(options: object) {
    const made = { ...createTestBench<Api>(), ...createHeldAdapter() };
    const subscription = createSubscription(made.client, "users", {
      adapter: made.adapter,
      ...options,
    } as Parameters<typeof createSubscription<Api, readonly [], "users">>[2]);
    subscription.mount();
    await flushMicrotasks();
    const [connection] = made.connections;
    await connection?.open();
    return { ...made, connection, data: () => subscription.getSnapshot().data as unknown };
  }

  it("append keeps the messages in order, and of too many the latest", async () => {
    const { connection, data } = await opened({ accumulate: "append", maxItems: 3 });
    expect(data()).toBeUndefined();
    for (const message of ["a", "b"]) connection?.send(message);
    const before = data();
    expect(before).toEqual(["a", "b"]);
    expect(data()).toBe(before);
    for (const message of ["c", "d"]) connection?.send(message);
    expect(data()).toEqual(["b", "c", "d"]);
    expect(before).toEqual(["a", "b"]);
  });

  it("merge puts properties over each other, and of too many keeps the latest", async () => {
    const { connection, data } = await opened({ accumulate: "merge", maxItems: 3 });
    connection?.send({ a: 1, b: 1 });
    connection?.send({ b: 2, c: 2 });
    expect(data()).toEqual({ a: 1, b: 2, c: 2 });
    connection?.send({ d: 3 });
    expect(data()).toEqual({ b: 2, c: 2, d: 3 });
    connection?.send("no properties");
    expect(data()).toBe("no properties");
  });

  it("merge leaves prototypes alone", async () => {
    const { connection, data } = await opened({ accumulate: "merge" });
    connection?.send(JSON.parse('{"__proto__":{"admin":true},"a":1}'));
    expect((data() as { admin?: boolean }).admin).toBeUndefined();
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it("is what a function makes of the data and the message", async () => {
    const accumulate = (sum: number | undefined, message: unknown) => (sum ?? 0) + (message as number);
    const { connection, data } = await opened({ accumulate });
    for (const message of [1, 2, 3]) connection?.send(message);
    expect(data()).toBe(6);
  });

  it("by a function that throws drops that message, and is reported", async () => {
    const cause = new TypeError("no number");
    const { connection, data, reported } = await opened({
      accumulate(sum: number | undefined, message: unknown) {
        if (typeof message !== "number") throw cause;
        return (sum ?? 0) + message;
      },
    });
    for (const message of [1, "x", 3]) connection?.send(message);
    expect(data()).toBe(4);
    expect(reported).toMatchObject([{ code: "OPTION_THREW", cause }]);
  });

  it("leaves out a message that cannot be read, which is reported", async () => {
    const { connection, data, reported } = await opened({ accumulate: "append" });
    const cause = new SyntaxError("no JSON");
    connection?.sendInvalid(cause);
    connection?.send(1);
    expect(data()).toEqual([1]);
    expect(reported).toMatchObject([{ code: "INVALID_MESSAGE", cause }]);
  });

  it.each([0, "", false, null])("takes %j for a message like others", async (message) => {
    const { connection, data } = await opened({});
    connection?.send(message);
    expect(data()).toBe(message);
  });
});
