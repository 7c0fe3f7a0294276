import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { retry } from "./index.ts";
import { DOWN, retrying, UP } from "./test-support.ts";

describe("what is sent", () => {
  it("B-34: is pristine each time, whatever plugins inside have done to it", async () => {
    const spoiling: ClientPlugin = {
      name: "test:spoiling",
      middleware({ request }, next) {
        request.headers["x-seen"] = `${request.headers["x-seen"] ?? ""}!`;
        // What the caller gave below, known to this test.
        const { query, body } = request as { query: { tags: string[] }; body: { items: { n: number }[] } };
        query.tags.push("spoilt");
        body.items[0]!.n += 1;
        body.items.push({ n: 0 });
        request.params = { ...request.params, id: `${request.params?.["id"]}0` };
        return next();
      },
    };
    const { client, transport, clock } = createTestBench();
    for (const reply of [DOWN, DOWN, UP]) transport.reply("PUT posts/10", reply);
    const given = {
      headers: { "x-own": "a" },
      params: { id: 1 },
      query: { tags: ["a"] },
      body: { items: [{ n: 1 }] },
    };
    const pending = client.use([retry(), spoiling]).put("posts/:id", given);
    await clock.advance(60_000);
    expect((await pending).data).toBe("up");
    const sent = transport.requests.map(({ url, headers, body }) => [
      url,
      headers["x-seen"],
      headers["x-own"],
      body,
    ]);
    expect(sent).toHaveLength(3);
    for (const each of sent) expect(each).toEqual(sent[0]);
    expect(sent[0]).toEqual(["posts/10?tags=a&tags=spoilt", "!", "a", '{"items":[{"n":2},{"n":0}]}']);
    expect(given).toEqual({
      headers: { "x-own": "a" },
      params: { id: 1 },
      query: { tags: ["a"] },
      body: { items: [{ n: 1 }] },
    });
  });

  it("keeps what is no plain data as it is", async () => {
    class Money {
      readonly #cents: number;
      constructor(cents: number) {
        this.#cents = cents;
      }
      toJSON() {
        return `${this.#cents / 100} EUR`;
      }
    }
    const form = new FormData();
    const { send, transport } = retrying([DOWN, UP]);
    await send({ method: "PUT", body: form });
    expect(transport.requests.map(({ body }) => body === form)).toEqual([true, true]);
    await send({ method: "PUT", body: { price: new Money(250), at: new Date(0), ["__proto__"]: 1 } });
    expect(transport.requests.at(-1)?.body).toBe(
      '{"price":"2.5 EUR","at":"1970-01-01T00:00:00.000Z","__proto__":1}',
    );
  });

  it("keeps the share key of a plugin outside: those who shared a failed fetch share the next", async () => {
    const share: ClientPlugin = {
      name: "test:share",
      priority: -8,
      middleware(context, next) {
        context.request.shareKey = context.queryKey;
        return next();
      },
    };
    const { client, transport, clock } = createTestBench();
    for (const reply of [DOWN, DOWN, UP]) transport.reply("GET posts", reply, { delayMs: 5 });
    const sharing = client.use([share, retry()]);
    const all = [sharing.get("posts"), sharing.get("posts"), sharing.get("posts")];
    await clock.advance(60_000);
    expect((await Promise.all(all)).map(({ data }) => data)).toEqual(["up", "up", "up"]);
    // They waited equally long, or each would have sent its own.
    expect(transport.requests).toHaveLength(3);
  });
});
