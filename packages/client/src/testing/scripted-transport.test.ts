import { describe, expect, it } from "vitest";
import type { TransportRequest } from "../transport/transport.ts";
import { createFakeClock } from "./fake-clock.ts";
import { flushMicrotasks } from "./flush-microtasks.ts";
import { createScriptedTransport } from "./scripted-transport.ts";

const requestOf = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  url,
  method: "GET",
  headers: {},
  body: undefined,
  signal: undefined,
  responseType: undefined,
  ...more,
});

function create() {
  const clock = createFakeClock();
  const transport = createScriptedTransport(clock);
  return {
    clock,
    transport,
    get: (url: string, signal?: AbortSignal) => transport(requestOf(url, { signal })),
  };
}

describe("a scripted reply", () => {
  it("has status 200 unless it says otherwise", async () => {
    const { transport, get } = create();
    transport.reply("GET a", { data: 1 }).reply("GET b", { status: 404, headers: { "x-a": "1" } });
    expect(await get("a")).toEqual({ status: 200, data: 1 });
    expect(await get("b")).toEqual({ status: 404, headers: { "x-a": "1" } });
  });

  it("belongs to a method and a path, whatever the query", async () => {
    const { transport, get } = create();
    transport.reply("GET a", { data: "get" }).reply("POST a", { data: "post" });
    expect((await get("a?x=1&y=a?b")).data).toBe("get");
    expect((await transport(requestOf("a", { method: "POST" }))).data).toBe("post");
  });

  it("is given in its turn, the last for good", async () => {
    const { transport, get } = create();
    transport.reply("GET a", { data: 1 }).reply("GET a", { data: 2 });
    const answers = [await get("a"), await get("a"), await get("a")];
    expect(answers.map(({ data }) => data)).toEqual([1, 2, 2]);
  });

  it("may be an error, which the request is rejected with", async () => {
    const { transport, get } = create();
    const error = new TypeError("fetch failed");
    transport.reply("GET a", error).reply("GET a", { data: "back" });
    await expect(get("a")).rejects.toBe(error);
    expect((await get("a")).data).toBe("back");
  });

  it("may be a function of the request, called for each", async () => {
    const { transport, get } = create();
    let calls = 0;
    transport.reply("GET a", ({ url }) => ({ data: `${url} ${(calls += 1)}` }));
    expect([(await get("a?1")).data, (await get("a?2")).data]).toEqual(["a?1 1", "a?2 2"]);
  });

  it("may be a function that throws, which rejects the request", async () => {
    const { transport, get } = create();
    transport.reply("GET a", () => {
      throw new RangeError("from the reply");
    });
    await expect(get("a")).rejects.toBeInstanceOf(RangeError);
  });

  it("comes after its delay on the clock", async () => {
    const { transport, get, clock } = create();
    transport.reply("GET a", { data: "late" }, { delayMs: 50 });
    let data: unknown;
    void get("a").then((response) => (data = response.data));
    await clock.advance(49);
    expect(data).toBeUndefined();
    await clock.advance(1);
    expect(data).toBe("late");
  });

  it("may be added by a method taken off its transport", async () => {
    const { transport, get } = create();
    const { reply } = transport;
    reply("GET a", { data: 1 });
    expect((await get("a")).data).toBe(1);
  });
});

describe("a route that nothing was scripted for", () => {
  it("rejects, and says which", async () => {
    const { transport, get } = create();
    transport.reply("GET a", {});
    await expect(get("b")).rejects.toThrow('"GET b"');
    await expect(transport(requestOf("a", { method: "POST" }))).rejects.toThrow('"POST a"');
  });
});

describe("a held route", () => {
  it("waits until the test answers, in any order", async () => {
    const { transport, get } = create();
    const held = transport.hold("GET a");
    const answers: unknown[] = [];
    for (const url of ["a?1", "a?2"]) void get(url).then(({ data }) => answers.push(data));
    expect(held.map(({ request }) => request.url)).toEqual(["a?1", "a?2"]);
    held[1]?.reply({ data: "second" });
    await flushMicrotasks();
    held[0]?.reply(({ url }) => ({ data: `first: ${url}` }));
    await flushMicrotasks();
    expect(answers).toEqual(["second", "first: a?1"]);
  });

  it.each([
    ["an error", new RangeError("held")],
    [
      "a function that throws",
      () => {
        throw new RangeError("held");
      },
    ],
  ])("can be answered with %s", async (_what, reply) => {
    const { transport, get } = create();
    const held = transport.hold("GET a");
    const pending = get("a");
    held[0]?.reply(reply);
    await expect(pending).rejects.toBeInstanceOf(RangeError);
  });

  it("takes its turn among replies", async () => {
    const { transport, get } = create();
    transport.reply("GET a", { data: "before" });
    const held = transport.hold("GET a");
    expect((await get("a")).data).toBe("before");
    void get("a");
    expect(held).toHaveLength(1);
  });
});

describe("an aborted request", () => {
  it.each(["held", "delayed"])("is rejected with the signal's reason at once when it is %s", async (how) => {
    const { transport, get, clock } = create();
    if (how === "held") transport.hold("GET a");
    else transport.reply("GET a", {}, { delayMs: 50 });
    const controller = new AbortController();
    const pending = get("a", controller.signal);
    await flushMicrotasks();
    controller.abort("enough");
    await expect(pending).rejects.toBe("enough");
    expect(clock.scheduled).toBe(0);
  });

  it("is rejected when it was aborted before, and uses up no reply", async () => {
    const { transport, get } = create();
    transport.reply("GET a", { data: 1 }).reply("GET a", { data: 2 });
    await expect(get("a", AbortSignal.abort("before"))).rejects.toBe("before");
    expect(transport.requests).toHaveLength(0);
    expect((await get("a")).data).toBe(1);
  });

  it("is nothing that a late reply can change", async () => {
    const { transport, get } = create();
    const held = transport.hold("GET a");
    const controller = new AbortController();
    const pending = get("a", controller.signal);
    controller.abort("enough");
    held[0]?.reply({ data: "late" });
    await expect(pending).rejects.toBe("enough");
  });
});

it("every request is remembered as it was sent, answered or not", async () => {
  const { transport, get } = create();
  transport.reply("GET a", {});
  await get("a?x=1");
  await get("b").catch(() => {});
  expect(transport.requests).toEqual([requestOf("a?x=1"), requestOf("b")]);
});
