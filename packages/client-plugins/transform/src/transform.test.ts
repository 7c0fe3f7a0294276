import type { ClientPlugin } from "@x/client";
import { cache } from "@x/client-cache";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { transform } from "./index.ts";

const share: ClientPlugin = {
  name: "test:share",
  priority: -8,
  middleware(context, next) {
    context.request.shareKey = context.queryKey;
    return next();
  },
};

/** A client that changes what `GET items` is answered with, and counts how often it does. */
function changing(change: (received: never) => unknown, others: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  const calls: unknown[] = [];
  const counted = (received: unknown) => {
    calls.push(received);
    return change(received as never);
  };
  const client = bench.client.use([...others, transform({ items: { GET: counted, POST: counted } })]);
  const shown = () => client.stateManager.getCache("GET items");
  return { ...bench, client, calls, shown };
}

const plusOne = (received: number) => received + 1;
const later = async (received: number) => {
  await flushMicrotasks();
  return received + 1;
};

describe("a transform", () => {
  it("makes the data of a response, in the answer and in the state", async () => {
    const { client, transport, shown } = changing(plusOne);
    transport.reply("GET items", { data: 1 });
    expect((await client.get("items")).data).toBe(2);
    expect(shown()).toMatchObject({ state: { data: 2 }, produced: 1 });
  });

  it("is that of the path as it is written, and of the method", async () => {
    const { client: bare, transport } = createTestBench();
    transport
      .reply("GET posts/1", { data: 1 })
      .reply("PUT posts/1", { data: 1 })
      .reply("GET posts", { data: 1 });
    const client = bare.use([transform({ "posts/:id": { GET: plusOne } })]);
    expect((await client.get("posts/:id", { params: { id: 1 } })).data).toBe(2);
    expect((await client.get("posts/1")).data).toBe(1);
    expect((await client.put("posts/:id", { params: { id: 1 } })).data).toBe(1);
    expect((await client.get("posts")).data).toBe(1);
  });

  it("changes what a write is answered with, each time", async () => {
    const { client, transport, calls } = changing(plusOne);
    transport.reply("POST items", { data: 1 });
    expect((await client.post("items")).data).toBe(2);
    expect((await client.post("items")).data).toBe(2);
    expect(calls).toEqual([1, 1]);
  });

  it("may make something falsy of it", async () => {
    for (const made of [0, "", false, null, undefined]) {
      const { client, transport } = changing(() => made);
      transport.reply("GET items", { data: "something" });
      expect((await client.get("items")).data).toBe(made);
    }
  });

  it.each([0, "", false, null])("is called with %j, which is data", async (data) => {
    const { client, transport, calls } = changing(() => "made");
    transport.reply("GET items", { data });
    expect((await client.get("items")).data).toBe("made");
    expect(calls).toEqual([data]);
  });

  it("is called neither for a failure nor for an answer without a body", async () => {
    const { client, transport, calls } = changing(plusOne);
    transport.reply("GET items", { status: 500, data: 1 }).reply("GET items", { status: 204 });
    expect((await client.get("items")).error?.body).toBe(1);
    expect(await client.get("items")).toMatchObject({ status: 204, data: undefined });
    expect(calls).toEqual([]);
  });

  it("keeps status and headers", async () => {
    const { client, transport } = changing(plusOne);
    transport.reply("GET items", { status: 203, headers: { etag: "a" }, data: 1 });
    expect(await client.get("items")).toMatchObject({ data: 2, status: 203, headers: { etag: "a" } });
  });

  it("may take its time", async () => {
    const { client, transport, shown } = changing(later);
    transport.reply("GET items", { data: 1 });
    expect((await client.get("items")).data).toBe(2);
    expect(shown()?.state.data).toBe(2);
  });
});

describe("each version of the data", () => {
  it.each([1, "text", { n: 1 }, [1], null, true])(
    "B-43: is changed once, however often %j is served",
    async (data) => {
      const { client, transport, calls } = changing((received) => [received], [cache()]);
      transport.reply("GET items", { data });
      const answers = [];
      for (let read = 0; read < 10; read += 1) answers.push((await client.get("items")).data);
      expect(answers).toEqual(Array.from({ length: 10 }, () => [data]));
      expect([calls.length, transport.requests.length]).toEqual([1, 1]);
    },
  );

  it.each([plusOne, later])("B-11 B-43: is changed once for those who share a fetch", async (change) => {
    const { client, transport, calls } = changing(change, [share]);
    transport.reply("GET items", { data: 1 });
    const all = await Promise.all(Array.from({ length: 10 }, () => client.get("items")));
    expect(all.map(({ data }) => data)).toEqual(Array.from({ length: 10 }, () => 2));
    expect(calls).toEqual([1]);
  });

  it("is changed once per key, though two keys have the same number", async () => {
    const { client, transport, calls } = changing(plusOne, [cache()]);
    transport.reply("GET items", { data: 1 });
    for (const page of [1, 2, 1, 2]) expect((await client.get("items", { query: { page } })).data).toBe(2);
    expect(calls).toEqual([1, 1]);
  });

  it("is another when it is fetched again", async () => {
    const { client, transport, calls } = changing(({ n }: { n: number }) => n, [cache()]);
    transport.reply("GET items", () => ({ data: { n: 1 } }));
    await client.get("items");
    await client.get("items", { forceRefetch: true });
    await client.get("items");
    expect(calls).toHaveLength(2);
  });

  it("is remembered for a thousand keys with texts, and then the oldest is changed again", async () => {
    const { client, transport, calls } = changing(
      (text: string) => `${text}!`,
      [cache({ staleTime: Infinity })],
    );
    transport.reply("GET items", { data: "text" });
    const read = (page: number) => client.get("items", { query: { page } });
    for (let page = 0; page <= 1_000; page += 1) await read(page);
    await read(1_000);
    expect(calls).toHaveLength(1_001);
    expect((await read(0)).data).toBe("text!");
    expect(calls).toHaveLength(1_002);
  });
});

describe("of two versions", () => {
  it("B-43: the latest wins, whichever takes longer to change", async () => {
    const { client, transport, clock, shown } = changing(async (ms: number) => {
      await new Promise<void>((resolve) => clock.schedule(resolve, ms));
      return `made of ${ms}`;
    });
    transport.reply("GET items", { data: 100 }).reply("GET items", { data: 10 });
    const [first, second] = [client.get("items"), client.get("items")];
    await clock.advance(10);
    expect((await second).data).toBe("made of 10");
    await clock.advance(100);
    expect((await first).data).toBe("made of 100");
    expect(shown()?.state.data).toBe("made of 10");
  });
});

describe("a transform that throws", () => {
  const fault = new Error("no such field");

  it.each([
    [
      "at once",
      () => {
        throw fault;
      },
    ],
    ["later", () => Promise.reject(fault)],
  ])("B-43: %s is reported, and does not fail the request", async (_when, change) => {
    const { client, transport, reported } = changing(change);
    transport.reply("GET items", { data: 1 });
    expect(await client.get("items")).toMatchObject({ data: 1, error: undefined, status: 200 });
    expect(reported).toMatchObject([{ code: "AFTER_RESPONSE_THREW", plugin: "transform", cause: fault }]);
  });

  it.each([false, true])("is tried again at the next read, if it throws later: %j", async (isAsync) => {
    let works = false;
    const { client, transport, reported } = changing(
      (received: number) => {
        if (works) return plusOne(received);
        if (isAsync) return Promise.reject(fault);
        throw fault;
      },
      [cache()],
    );
    transport.reply("GET items", { data: 1 });
    await client.get("items");
    works = true;
    expect((await client.get("items")).data).toBe(2);
    expect([reported.length, transport.requests.length]).toEqual([1, 1]);
  });
});

describe("beside other plugins", () => {
  it("what their afterResponse sees is what it has made", async () => {
    const seen: unknown[] = [];
    const looking: ClientPlugin = {
      name: "test:looking",
      afterResponse: (_, { data }) => void seen.push(data),
    };
    const { client, transport } = changing(plusOne, [looking]);
    transport.reply("GET items", { data: 1 });
    await client.get("items");
    expect(seen).toEqual([2]);
  });

  it("its internal API makes of any data what would be made of an answer", async () => {
    const made: unknown[] = [];
    const asking: ClientPlugin = {
      name: "test:asking",
      middleware(context, next) {
        made.push(context.plugins.get("transform")?.transform(10));
        return next();
      },
    };
    const { client, transport } = changing(() => null, [asking]);
    transport.reply("GET items", { data: 1 }).reply("GET others", { data: 1 });
    await client.get("items");
    await client.get("others");
    expect(made).toEqual([null, 10]);
  });
});
