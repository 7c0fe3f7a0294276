// @vitest-environment happy-dom
import { cache } from "@x/client-cache";
import { createTestBench } from "@x/client/testing";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  "orders/:id": { GET: { data: { total: number } } };
}

describe("useRead", () => {
  it("renders once for loading and once for the data", async () => {
    const bench = createTestBench<Api>();
    const held = bench.transport.hold("GET orders/1");
    const { useRead } = createHooks(bench.client);
    const seen: unknown[] = [];
    function Order() {
      const { data, isLoading } = useRead("orders/:id", { params: { id: 1 } });
      seen.push(isLoading ? "loading" : data?.total);
      return <p>{data?.total}</p>;
    }
    const page = await render(<Order />);
    await act(async () => held[0]?.reply({ data: { total: 7 } }));
    expect(page.text).toBe("7");
    expect(seen).toEqual(["loading", 7]);
    await page.unmount();
  });

  it("renders once for what is fresh", async () => {
    const bench = createTestBench<Api>();
    bench.transport.reply("GET orders/1", { data: { total: 7 } });
    const client = bench.client.use([cache()]);
    await client.get("orders/:id", { params: { id: 1 } });
    const { useRead } = createHooks(client);
    let renders = 0;
    function Order() {
      renders += 1;
      const { data, isLoading } = useRead("orders/:id", { params: { id: 1 } });
      return <p>{isLoading ? "loading" : data?.total}</p>;
    }
    const page = await render(<Order />);
    expect(page.text).toBe("7");
    expect([renders, bench.transport.requests.length]).toEqual([1, 1]);
    await page.unmount();
  });

  it("makes one request in StrictMode", async () => {
    const bench = createTestBench<Api>();
    const held = bench.transport.hold("GET orders/1");
    const { useRead } = createHooks(bench.client);
    function Order() {
      return <p>{useRead("orders/:id", { params: { id: 1 } }).data?.total}</p>;
    }
    const page = await render(<Order />, { strict: true });
    await act(async () => held[0]?.reply({ data: { total: 7 } }));
    expect(page.text).toBe("7");
    expect(bench.transport.requests).toHaveLength(1);
    await page.unmount();
  });

  it("renders nothing anew for what is not read, and tells the latest of it to whoever asks later", async () => {
    const bench = createTestBench<Api>();
    bench.transport.reply("GET orders/1", { data: { total: 7 } });
    const { useRead } = createHooks(bench.client);
    let renders = 0;
    let isStale = () => false;
    function Order() {
      renders += 1;
      const read = useRead("orders/:id", { params: { id: 1 } });
      isStale = () => read.isStale;
      return <p>{read.data?.total}</p>;
    }
    const page = await render(<Order />);
    expect(renders).toBe(2);
    await act(async () => void bench.client.stateManager.markStale("orders/*"));
    expect(renders).toBe(2);
    expect(isStale()).toBe(true);
    await page.unmount();
  });
});
