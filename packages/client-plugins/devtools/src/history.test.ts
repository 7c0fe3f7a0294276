import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it, vi } from "vitest";
import { devtools, type DevtoolsConfig } from "./index.ts";
import { listening } from "./test-support/listening.ts";

function answering(config?: DevtoolsConfig, plugins: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: 1 });
  return { ...bench, client: bench.client.use([devtools(config)]).use(plugins) };
}

describe("while nobody listens", () => {
  it("nothing is measured, remembered or told", async () => {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    const now = vi.spyOn(clock, "now");
    await bare.get("posts");
    const readings = now.mock.calls.length;
    const client = bare.use([devtools()]);
    await client.get("posts");
    expect(now).toHaveBeenCalledTimes(2 * readings);
    expect(client.devtoolsHistory()).toEqual([]);
  });

  it("because the last listener has left, nothing is remembered any more", async () => {
    const { client } = answering();
    const stops = [client.onDevtoolsEvent(() => {}), client.onDevtoolsEvent(() => {})];
    stops[0]?.();
    stops[0]?.();
    await client.get("posts");
    expect(client.devtoolsHistory()).toHaveLength(5);
    stops[1]?.();
    await client.get("posts");
    expect(client.devtoolsHistory()).toHaveLength(5);
  });

  it("events are remembered all the same with `record`", async () => {
    const { client } = answering({ record: true });
    await client.get("posts");
    expect(client.devtoolsHistory().map(({ type }) => type)).toEqual([
      "request-start",
      "step-start",
      "step-end",
      "request-settle",
      "state-change",
    ]);
  });

  it("a request that began then is told when it settles", async () => {
    const { client: bare, transport } = createTestBench();
    const held = transport.hold("GET posts");
    const client = bare.use([devtools()]);
    const read = client.get("posts");
    const seen: string[] = [];
    client.onDevtoolsEvent(({ type }) => seen.push(type));
    held[0]?.reply({ data: 1 });
    await read;
    expect(seen).toEqual(["request-start", "request-settle", "state-change"]);
  });
});

describe("the history", () => {
  it("holds the latest events, and no more than it is to", async () => {
    const { client } = answering({ record: true, historySize: 3 });
    await client.get("posts");
    await client.get("posts");
    expect(client.devtoolsHistory().map(({ sequence }) => sequence)).toEqual([8, 9, 10]);
  });

  it("is given to a listener that asks for it, before what is new", async () => {
    const { client } = answering({ record: true });
    await client.get("posts");
    const seen: number[] = [];
    client.onDevtoolsEvent(({ sequence }) => seen.push(sequence), { replay: true });
    await client.get("posts");
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("of one client is not another's", async () => {
    const plugin = devtools({ record: true });
    const benches = [createTestBench(), createTestBench()];
    const [first, second] = benches.map(({ client, transport }) => {
      transport.reply("GET posts", { data: 1 });
      return client.use([plugin]);
    });
    await first!.get("posts");
    expect(first!.devtoolsHistory()).toHaveLength(5);
    expect(second!.devtoolsHistory()).toEqual([]);
  });
});

describe("a listener", () => {
  it("that throws is reported, stops no other and fails no request", async () => {
    const { client, reported } = answering();
    const seen: string[] = [];
    client.onDevtoolsEvent(() => {
      throw new Error("no");
    });
    client.onDevtoolsEvent(({ type }) => seen.push(type));
    expect((await client.get("posts")).data).toBe(1);
    expect(seen).toHaveLength(5);
    expect(new Set(reported.map(({ code, plugin }) => `${code} ${plugin}`))).toEqual(
      new Set(["LISTENER_THREW devtools"]),
    );
  });

  it("is told nothing after dispose, by what is still under way", async () => {
    const { client, events, transport, clock } = listening();
    const held = transport.hold("GET posts");
    const read = client.get("posts");
    client.dispose();
    const told = events.length;
    held[0]?.reply({ data: 1 });
    await read;
    client.stateManager.clear();
    expect(events).toHaveLength(told);
    expect(clock.scheduled).toBe(0);
  });
});
