// @vitest-environment happy-dom
import { cache } from "@x/client-cache";
import { polling } from "@x/client-polling";
import { createTestBench } from "@x/client/testing";
import { act, startTransition, Suspense, useState, type ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { ErrorBoundary } from "../test-support/error-boundary.tsx";
import { render } from "../test-support/render.ts";
import { createSuspenseHooks } from "./create-suspense-hooks.ts";

interface Api {
  "orders/:id": { GET: { data: { total: number } | null } };
}

function benchWith(plugins: readonly ReturnType<typeof cache>[] = []) {
  const bench = createTestBench<Api>();
  const client = bench.client.use(plugins);
  const hooks = createSuspenseHooks(createHooks(client));
  function Order({ id }: { id: number }) {
    const { data } = hooks.useSuspenseRead("orders/:id", { params: { id } });
    return <p>{`order ${data?.total ?? "gone"}`}</p>;
  }
  return { ...bench, ...hooks, client, Order };
}

const Waiting = ({ children }: { children: ReactNode }) => <Suspense fallback="waiting">{children}</Suspense>;

describe("useSuspenseRead", () => {
  it.each([
    ["without a cache", []],
    ["with a cache", [cache()]],
  ])("waits for its data, and fetches it once, in StrictMode too, %s", async (_, plugins) => {
    const { transport, Order } = benchWith(plugins);
    const held = transport.hold("GET orders/1");
    const page = await render(
      <Waiting>
        <Order id={1} />
        <Order id={1} />
      </Waiting>,
      { strict: true },
    );
    expect(page.text).toBe("waiting");
    await act(async () => held[0]?.reply({ data: { total: 1 } }));
    expect(page.text).toBe("order 1order 1");
    expect(transport.requests).toHaveLength(1);
    await page.unmount();
  });

  it("takes null for data", async () => {
    const { transport, Order } = benchWith();
    transport.reply("GET orders/1", { data: null });
    const page = await render(<Waiting>{<Order id={1} />}</Waiting>);
    expect(page.text).toBe("order gone");
    await page.unmount();
  });

  it("keeps what is on screen during a transition to other params", async () => {
    const { transport, Order } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    const held = transport.hold("GET orders/2");
    let go = () => {};
    function Page() {
      const [id, setId] = useState(1);
      go = () => startTransition(() => setId(2));
      return (
        <Waiting>
          <Order id={id} />
        </Waiting>
      );
    }
    const page = await render(<Page />);
    await act(async () => go());
    expect(page.text).toBe("order 1");
    await act(async () => held[0]?.reply({ data: { total: 2 } }));
    expect(page.text).toBe("order 2");
    expect(transport.requests).toHaveLength(2);
    await page.unmount();
  });

  it("follows what the client does from then on", async () => {
    const { transport, client, Order } = benchWith();
    let total = 0;
    transport.reply("GET orders/1", () => ({ data: { total: (total += 1) } }));
    const page = await render(<Waiting>{<Order id={1} />}</Waiting>);
    await act(async () => void client.eventEmitter.emit("refetch", { tags: "orders/*" }));
    expect(page.text).toBe("order 2");
    await page.unmount();
  });

  it("throws an error to the boundary once, and fetches again when that is reset", async () => {
    const { transport, useResetErrors, Order } = benchWith();
    transport.reply("GET orders/1", { status: 503 }).reply("GET orders/1", { data: { total: 1 } });
    const errors: unknown[] = [];
    function Page() {
      return (
        <ErrorBoundary onReset={useResetErrors()} onError={(error) => errors.push(error)}>
          <Waiting>
            <Order id={1} />
          </Waiting>
        </ErrorBoundary>
      );
    }
    const page = await render(<Page />);
    expect(page.text).toBe("HTTP_ERROR");
    expect(transport.requests).toHaveLength(1);
    await act(async () => page.container.querySelector("button")?.click());
    expect(page.text).toBe("order 1");
    expect([errors.length, transport.requests.length]).toEqual([1, 2]);
    await page.unmount();
  });

  it("fetches again after a while for a boundary that only tries again", async () => {
    const { transport, Order } = benchWith();
    transport.reply("GET orders/1", { status: 503 }).reply("GET orders/1", { data: { total: 1 } });
    const page = await render(
      <ErrorBoundary>
        <Waiting>
          <Order id={1} />
        </Waiting>
      </ErrorBoundary>,
    );
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 1_001);
    await act(async () => page.container.querySelector("button")?.click());
    vi.restoreAllMocks();
    expect(page.text).toBe("order 1");
    await page.unmount();
  });

  it("shows data that is there while newer is fetched, and an error of that beside it", async () => {
    const { transport, client, useSuspenseRead } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } }).reply("GET orders/1", { status: 503 });
    await client.get("orders/:id", { params: { id: 1 } });
    function Order() {
      const { data, error } = useSuspenseRead("orders/:id", { params: { id: 1 } });
      return <p>{`${data?.total} ${error?.code}`}</p>;
    }
    const page = await render(<Waiting>{<Order />}</Waiting>);
    expect(page.text).toBe("1 HTTP_ERROR");
    await page.unmount();
  });

  it("waits again when the client has forgotten everything, however soon", async () => {
    const { transport, client, Order } = benchWith([cache()]);
    let total = 0;
    transport.reply("GET orders/1", () => ({ data: { total: (total += 1) } }));
    const page = await render(<Waiting>{<Order id={1} />}</Waiting>);
    await act(async () => client.stateManager.clear());
    expect(page.text).toBe("order 2");
    await page.unmount();
  });

  it("lets plugins follow the component, without a second request", async () => {
    const bench = createTestBench<Api>();
    let total = 0;
    bench.transport.reply("GET orders/1", () => ({ data: { total: (total += 1) } }));
    const { useSuspenseRead } = createSuspenseHooks(createHooks(bench.client.use([polling()])));
    function Order() {
      return (
        <p>{useSuspenseRead("orders/:id", { params: { id: 1 }, refetchInterval: 1_000 }).data?.total}</p>
      );
    }
    const page = await render(<Waiting>{<Order />}</Waiting>);
    await act(() => bench.clock.advance(999));
    expect(page.text).toBe("1");
    await act(() => bench.clock.advance(1));
    expect(page.text).toBe("2");
    await page.unmount();
    await bench.clock.advance(60_000);
    expect([total, bench.clock.scheduled]).toEqual([2, 0]);
  });

  it("fetches once more what went out of date before it could be shown", async () => {
    const { transport, client, Order } = benchWith();
    let total = 0;
    transport.reply("GET orders/1", () => ({ data: { total: (total += 1) } }));
    // In the very moment in which it is stored.
    const stop = client.stateManager.subscribe("GET orders/1", () => {
      stop();
      client.stateManager.markStale("orders/*");
    });
    const page = await render(<Waiting>{<Order id={1} />}</Waiting>);
    expect(page.text).toBe("order 2");
    await page.unmount();
  });
});
