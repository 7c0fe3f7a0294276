import { describe, expect, it } from "vitest";
import { createClient } from "../client/create-client.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import type { TransportResponse } from "../transport/transport.ts";

/** Reads share their fetches, unless a caller wants one of its own. */
const share = definePlugin<{ options: { alone?: boolean } }>()({
  name: "test:share",
  middleware({ request, queryKey, pluginOptions }, next) {
    if (!pluginOptions?.alone) request.shareKey = queryKey;
    return next();
  },
});

describe("C5 a request that joins a fetch of before another request", () => {
  /** A shared fetch, then a request that does not share, then one that joins the first. */
  async function joiningLate() {
    const { client, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const sharingClient = client.use([share]);
    const entry = () => sharingClient.stateManager.getCache("GET posts");
    const pending: Promise<unknown>[] = [];
    for (const alone of [false, true, false]) {
      pending.push(sharingClient.get("posts", { alone }));
      await flushMicrotasks();
    }
    expect(transport.requests).toHaveLength(2);
    return { held, entry, settled: Promise.all(pending) };
  }

  it("does not put the older fetch's data in place of the newer's", async () => {
    const { held, entry, settled } = await joiningLate();
    held[1]?.reply({ data: "newer fetch" });
    await flushMicrotasks();
    held[0]?.reply({ data: "older fetch" });
    await settled;
    expect(entry()).toMatchObject({ state: { data: "newer fetch" }, stale: false });
  });

  it("does not pass it off as fresh while the newer is under way", async () => {
    const { held, entry, settled } = await joiningLate();
    held[0]?.reply({ data: "older fetch" });
    await flushMicrotasks();
    expect(entry()).toMatchObject({ state: { data: "older fetch" }, stale: true });
    held[1]?.reply({ data: "newer fetch" });
    await settled;
    expect(entry()).toMatchObject({ state: { data: "newer fetch" }, stale: false });
  });
});

/** A client whose reads of `posts` share their fetches, and callers that can leave. */
function sharing() {
  const { client: bare, transport } = createTestBench();
  const client = bare.use([share]);
  const held = transport.hold("GET posts");
  const join = () => {
    const controller = new AbortController();
    return { pending: client.get("posts", { signal: controller.signal }), leave: () => controller.abort() };
  };
  return { client, held, join };
}

it("what is shared is fresh, also when those who joined it have left", async () => {
  const { client, held, join } = sharing();
  const staying = join();
  await flushMicrotasks();
  const leaving = join();
  await flushMicrotasks();
  leaving.leave();
  await leaving.pending;
  held[0]?.reply({ data: "shared" });
  await staying.pending;
  expect(client.stateManager.getCache("GET posts")).toMatchObject({
    state: { data: "shared" },
    stale: false,
  });
});

it("what is shared is never shown as stale when it arrives", async () => {
  const { client, held, join } = sharing();
  const seen: unknown[] = [];
  client.stateManager.subscribe("GET posts", (entry) => seen.push(entry?.stale));
  const callers = [join(), join()];
  await flushMicrotasks();
  held[0]?.reply({ data: "shared" });
  await Promise.all(callers.map(({ pending }) => pending));
  expect(seen).not.toContain(true);
});

describe("a transport that does not listen to its signal", () => {
  /** A client on a transport that is answered by the test alone, and whose first fetch its caller has left. */
  async function abandoned() {
    const answers: ((response: TransportResponse) => void)[] = [];
    const transport = () => new Promise<TransportResponse>((resolve) => answers.push(resolve));
    const client = createClient({ transport }).use([share]);
    const controller = new AbortController();
    const left = client.get("posts", { signal: controller.signal });
    await flushMicrotasks();
    controller.abort();
    await left;
    return { client, answers };
  }

  it("cannot make a new caller wait for a fetch that all others have left", async () => {
    const { client, answers } = await abandoned();
    const next = client.get("posts");
    await flushMicrotasks();
    expect(answers).toHaveLength(2);
    answers[1]?.({ status: 200, data: "of its own" });
    expect((await next).data).toBe("of its own");
  });

  it("cannot end the sharing of a newer fetch by answering the abandoned one", async () => {
    const { client, answers } = await abandoned();
    const next = client.get("posts");
    await flushMicrotasks();
    answers[0]?.({ status: 200, data: "of nobody" });
    await flushMicrotasks();
    const joining = client.get("posts");
    await flushMicrotasks();
    expect(answers).toHaveLength(2);
    answers[1]?.({ status: 200, data: "shared" });
    expect([(await next).data, (await joining).data]).toEqual(["shared", "shared"]);
  });
});
