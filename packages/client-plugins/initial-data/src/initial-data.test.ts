import type { ClientPlugin } from "@x/client";
import { cache } from "@x/client-cache";
import { transform } from "@x/client-transform";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { initialData, type InitialDataConfig } from "./index.ts";

/** A client whose server answers `GET posts` when it is told to. */
function holding(config?: InitialDataConfig, others: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  const client = bench.client.use([initialData(config), ...others]);
  const held = bench.transport.hold("GET posts");
  return { ...bench, client, held, shown: () => client.stateManager.getCache("GET posts") };
}

describe("an observer with initial data", () => {
  it("B-37: shows it from its mounting on, and the answer from then on", async () => {
    const { client, held } = holding();
    const observer = client.observe("posts", { initialData: "at hand" });
    const seen: unknown[] = [];
    observer.subscribe(() => seen.push(observer.getSnapshot().data));
    observer.mount();
    expect(observer.getSnapshot()).toMatchObject({
      data: "at hand",
      status: "success",
      stale: true,
      fetching: true,
    });
    await flushMicrotasks();
    held[0]?.reply({ data: "answer" });
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: "answer", stale: false, fetching: false });
    expect([...new Set(seen)]).toEqual(["at hand", "answer"]);
    observer.unmount();
  });

  it("shows it beside the error when the fetch fails", async () => {
    const { client, held } = holding();
    const observer = client.observe("posts", { initialData: "at hand" });
    observer.mount();
    await flushMicrotasks();
    held[0]?.reply({ status: 503 });
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({
      data: "at hand",
      status: "error",
      error: { status: 503 },
    });
  });

  it("B-37: shows it once: it does not come back when the state was cleared", async () => {
    const { client, held, shown } = holding();
    const observer = client.observe("posts", { initialData: "of the former user" });
    observer.mount();
    await flushMicrotasks();
    held[0]?.reply({ data: "answer" });
    await flushMicrotasks();
    client.stateManager.clear();
    void observer.refetch();
    void observer.send();
    await flushMicrotasks();
    expect(shown()).toBeUndefined();
    expect(observer.getSnapshot()).toMatchObject({ data: undefined, fetching: true });
    client.dispose();
  });

  it("shows that of another key when it goes there, and not again when only options change", async () => {
    const { client, shown } = holding();
    const observer = client.observe("posts", { initialData: "page 1", query: { page: 1 } });
    observer.mount();
    observer.update({ initialData: "page 2", query: { page: 2 } });
    expect(observer.getSnapshot().data).toBe("page 2");
    client.stateManager.clear();
    observer.update({ initialData: "again", query: { page: 2 } });
    expect(observer.getSnapshot().data).toBeUndefined();
    expect(shown()).toBeUndefined();
    client.dispose();
  });

  it("shows it also when it is sent without being mounted", async () => {
    const { client, held } = holding();
    const observer = client.observe("posts", { initialData: "at hand" });
    const pending = observer.send();
    await flushMicrotasks();
    expect(observer.getSnapshot().data).toBe("at hand");
    held[0]?.reply({ data: "answer" });
    expect((await pending).data).toBe("answer");
  });

  it("forgets observers that are unmounted", async () => {
    const { client, shown } = holding();
    const observer = client.observe("posts", { initialData: "at hand" });
    observer.mount();
    observer.unmount();
    client.stateManager.clear();
    observer.mount();
    expect(shown()?.state.data).toBe("at hand");
    client.dispose();
  });
});

describe("a read with initial data", () => {
  it("puts it into the state and is answered by the server", async () => {
    const { client, held, shown } = holding();
    const pending = client.get("posts", { initialData: "at hand", tags: ["articles"] });
    await flushMicrotasks();
    expect(shown()).toMatchObject({ state: { data: "at hand" }, stale: true, tags: ["articles"] });
    held[0]?.reply({ data: "answer" });
    expect((await pending).data).toBe("answer");
    expect(shown()).toMatchObject({ state: { data: "answer" }, stale: false });
  });

  it.each([0, "", false, null])("takes %j for data", async (data) => {
    const { client, transport } = holding();
    expect(await client.get("posts", { initialData: data, refetchInitialData: false })).toMatchObject({
      data,
    });
    expect(transport.requests).toEqual([]);
  });

  it("B-37: leaves an entry that is there alone, however old or falsy", async () => {
    for (const data of [0, "known"]) {
      const { client, shown } = holding();
      client.stateManager.setCache("GET posts", { state: { data, timestamp: -1_000 }, stale: true });
      const before = shown();
      let asked = false;
      const given = () => (asked = true);
      void client.get("posts", { initialData: given, refetchInitialData: false });
      client.observe("posts", { initialData: given }).mount();
      await flushMicrotasks();
      expect([shown(), asked]).toEqual([before, false]);
      client.dispose();
    }
  });

  it("that is forced wants an answer: nothing is shown in its place", async () => {
    const { client, shown } = holding();
    void client.get("posts", { initialData: "at hand", refetchInitialData: false, forceRefetch: true });
    await flushMicrotasks();
    expect(shown()).toBeUndefined();
  });

  it("may have a function that has none", async () => {
    const { client, shown, transport } = holding();
    void client.get("posts", { initialData: () => undefined, refetchInitialData: false });
    await flushMicrotasks();
    expect([shown(), transport.requests.length]).toEqual([undefined, 1]);
  });

  it("without any is a read like others", async () => {
    const { client, held } = holding();
    const pending = client.get("posts");
    await flushMicrotasks();
    held[0]?.reply({ data: "answer" });
    expect((await pending).data).toBe("answer");
  });
});

describe("refetchInitialData: false", () => {
  it("B-37: is answered with the initial data, without a fetch", async () => {
    const { client, transport, shown } = holding();
    const { data, status, error } = await client.get("posts", {
      initialData: "at hand",
      refetchInitialData: false,
    });
    expect([data, status, error, transport.requests.length]).toEqual(["at hand", 200, undefined, 0]);
    expect(shown()).toMatchObject({ state: { data: "at hand" }, stale: false });
  });

  it("B-37: is for an observer's first request, and its refetch is one", async () => {
    const { client, held } = holding();
    const observer = client.observe("posts", { initialData: "at hand", refetchInitialData: false });
    observer.mount();
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: "at hand", stale: false, fetching: false });
    expect(held).toEqual([]);
    void observer.refetch();
    await flushMicrotasks();
    held[0]?.reply({ data: "answer" });
    await flushMicrotasks();
    expect(observer.getSnapshot().data).toBe("answer");
    observer.unmount();
  });

  it("may be what the plugin does for all reads, unless one says otherwise", async () => {
    const { client, transport } = holding({ refetchInitialData: false });
    expect((await client.get("posts", { initialData: "at hand" })).data).toBe("at hand");
    void client.get("posts", { initialData: "other", query: { page: 2 }, refetchInitialData: true });
    await flushMicrotasks();
    expect(transport.requests).toHaveLength(1);
  });
});

describe("initialDataUpdatedAt, beside a cache", () => {
  it.each([
    [undefined, 1],
    [9_500, 0],
    [9_000, 1],
  ])(
    "of %s, at 10,000 and with a staleTime of 1,000, makes %d fetches",
    async (initialDataUpdatedAt, fetches) => {
      const { client, transport, clock } = holding({}, [cache({ staleTime: 1_000 })]);
      await clock.advance(10_000);
      const observer = client.observe("posts", { initialData: "at hand", initialDataUpdatedAt });
      observer.mount();
      await flushMicrotasks();
      expect(observer.getSnapshot().data).toBe("at hand");
      expect(transport.requests).toHaveLength(fetches);
      client.dispose();
    },
  );
});

describe("initial data beside a transform", () => {
  const wire = (change: (received: number) => unknown) => transform({ posts: { GET: change } });
  const plusOne = (received: number) => received + 1;

  it("is transformed like an answer, and not twice", async () => {
    const { client, shown } = holding({ refetchInitialData: false }, [wire(plusOne), cache()]);
    const observer = client.observe("posts", { initialData: 1 });
    observer.mount();
    expect(observer.getSnapshot().data).toBe(2);
    expect(shown()).toMatchObject({ state: { data: 2 }, produced: 1 });
    expect((await client.get("posts")).data).toBe(2);
    expect(observer.getSnapshot().data).toBe(2);
    client.dispose();
  });

  it("is shown when an asynchronous one is done with it, unless an answer was quicker", async () => {
    for (const answersFirst of [false, true]) {
      const { client, clock, held, shown } = holding({}, [
        wire(async (received) => {
          await new Promise<void>((resolve) => clock.schedule(resolve, received));
          return `made of ${received}`;
        }),
      ]);
      const pending = client.get("posts", { initialData: 10 });
      await flushMicrotasks();
      expect(shown()).toBeUndefined();
      if (answersFirst) held[0]?.reply({ data: 1 });
      await clock.advance(10);
      expect(shown()?.state.data).toBe(answersFirst ? "made of 1" : "made of 10");
      client.dispose();
      void pending;
    }
  });

  it("that is asynchronous is the answer all the same", async () => {
    const { client, transport } = holding({}, [wire(async (received) => received + 1)]);
    const { data } = await client.get("posts", { initialData: 1, refetchInitialData: false });
    expect([data, transport.requests.length]).toEqual([2, 0]);
  });
});

describe("INITIAL_DATA_THREW", () => {
  const fault = new Error("no storage");
  const throws = () => {
    throw fault;
  };
  const expected = [{ code: "INITIAL_DATA_THREW", plugin: "initial-data", cause: fault }];

  it("is reported when the function throws, and the read goes on without", async () => {
    const { client, held, reported } = holding();
    const pending = client.get("posts", { initialData: throws, refetchInitialData: false });
    await flushMicrotasks();
    held[0]?.reply({ data: "answer" });
    expect((await pending).data).toBe("answer");
    expect(reported).toMatchObject(expected);
  });

  it.each([
    ["at once", throws],
    ["later", () => Promise.reject(fault)],
  ])("is reported when a transform throws over it %s", async (_when, change) => {
    const { client, reported, shown } = holding({}, [transform({ posts: { GET: change } })]);
    client.observe("posts", { initialData: 1 }).mount();
    await flushMicrotasks();
    expect(reported).toMatchObject(expected);
    expect(shown()).toBeUndefined();
    client.dispose();
  });
});

it("two clients with one plugin share nothing", async () => {
  const plugin = initialData();
  const [one, two] = [createTestBench(), createTestBench()].map(({ client, transport }) => {
    transport.hold("GET posts");
    return client.use([plugin]);
  });
  one?.observe("posts", { initialData: "one" }).mount();
  // The observers of both have the same id.
  two?.observe("posts", { initialData: "two" }).mount();
  expect([one, two].map((client) => client?.stateManager.getCache("GET posts")?.state.data)).toEqual([
    "one",
    "two",
  ]);
  one?.dispose();
  two?.dispose();
});
