// @vitest-environment happy-dom
import type { ClientPlugin } from "@x/client";
import { cache } from "@x/client-cache";
import { polling } from "@x/client-polling";
import { createTestBench } from "@x/client/testing";
import { act, useState } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  "orders/:id": { GET: { data: { total: number } } };
  orders: { GET: { data: number[]; query?: { since?: Date; tags?: string[] } } };
}

/** Notes what happens to the observers of a client. */
function lifecycleLog(log: string[]): ClientPlugin {
  return {
    name: "test:log",
    lifecycle: {
      onMount: ({ queryKey }) => void log.push(`mount ${queryKey}`),
      onUpdate: ({ queryKey }, previous) => void log.push(`update ${previous.queryKey} to ${queryKey}`),
      onUnmount: ({ queryKey }) => void log.push(`unmount ${queryKey}`),
    },
  };
}

describe("the observer of a component", () => {
  it("is mounted, updated and unmounted with it, once each, in StrictMode too", async () => {
    const log: string[] = [];
    const bench = createTestBench<Api>();
    bench.transport
      .reply("GET orders/1", { data: { total: 1 } })
      .reply("GET orders/2", { data: { total: 2 } });
    const { useRead } = createHooks(bench.client.use([lifecycleLog(log)]));
    function Order({ id }: { id: number }) {
      return <p>{useRead("orders/:id", { params: { id } }).data?.total}</p>;
    }
    const page = await render(<Order id={1} />, { strict: true });
    await page.rerender(<Order id={2} />);
    expect(page.text).toBe("2");
    await page.unmount();
    expect(log).toEqual([
      "mount GET orders/1",
      "update GET orders/1 to GET orders/2",
      "unmount GET orders/2",
    ]);
    expect(bench.transport.requests).toHaveLength(2);
  });

  it("compares options by value: what is written anew in every rendering sends and updates nothing", async () => {
    const log: string[] = [];
    const bench = createTestBench<Api>();
    bench.transport.reply("GET orders", { data: [1] });
    const { useRead } = createHooks(bench.client.use([lifecycleLog(log)]));
    function Orders({ round }: { round: number }) {
      const { data } = useRead("orders", {
        query: { since: new Date(0), tags: ["a"] },
        headers: { "x-one": "1" },
      });
      return <p>{`${data} ${round}`}</p>;
    }
    const page = await render(<Orders round={1} />);
    await page.rerender(<Orders round={2} />);
    await page.rerender(<Orders round={3} />);
    expect(page.text).toBe("1 3");
    expect(bench.transport.requests).toHaveLength(1);
    expect(log).toHaveLength(1);
    await page.unmount();
  });

  it("lets plugins poll for as long as the component is there, with its latest options", async () => {
    const bench = createTestBench<Api>();
    let total = 0;
    bench.transport.reply("GET orders/1", () => ({ data: { total: (total += 1) } }));
    const { useRead } = createHooks(bench.client.use([polling()]));
    function Order({ every }: { every: number }) {
      return <p>{useRead("orders/:id", { params: { id: 1 }, refetchInterval: every }).data?.total}</p>;
    }
    const page = await render(<Order every={1_000} />);
    await act(() => bench.clock.advance(2_000));
    expect(page.text).toBe("3");
    await page.rerender(<Order every={10_000} />);
    await act(() => bench.clock.advance(9_999));
    expect(page.text).toBe("3");
    await act(() => bench.clock.advance(1));
    expect(page.text).toBe("4");
    await page.unmount();
    await bench.clock.advance(60_000);
    expect([total, bench.clock.scheduled]).toEqual([4, 0]);
  });

  it("leaves alone what another component shares with it when it is unmounted", async () => {
    const bench = createTestBench<Api>();
    const held = bench.transport.hold("GET orders/1");
    const { useRead } = createHooks(bench.client.use([cache()]));
    function Order() {
      return <p>{useRead("orders/:id", { params: { id: 1 } }).data?.total ?? "…"}</p>;
    }
    let hide = () => {};
    function Two() {
      const [both, setBoth] = useState(true);
      hide = () => setBoth(false);
      return (
        <>
          <Order key="first" />
          {both && <Order key="second" />}
        </>
      );
    }
    const page = await render(<Two />);
    await act(async () => hide());
    await act(async () => held[0]?.reply({ data: { total: 5 } }));
    expect(page.text).toBe("5");
    expect(held.map(({ request }) => request.signal?.aborted ?? false)).toEqual([false, false]);
    await page.unmount();
  });

  it("is gone with the component: a late answer changes nothing and is no error", async () => {
    const bench = createTestBench<Api>();
    const held = bench.transport.hold("GET orders/1");
    const { useRead } = createHooks(bench.client);
    let renders = 0;
    function Order() {
      renders += 1;
      return <p>{useRead("orders/:id", { params: { id: 1 } }).data?.total}</p>;
    }
    const page = await render(<Order />);
    await page.unmount();
    await act(async () => held[0]?.reply({ data: { total: 5 } }));
    expect(renders).toBe(1);
    expect(bench.reported).toEqual([]);
  });
});
