// @vitest-environment happy-dom
import type { SubscriptionAdapter } from "@x/client/subscribe";
import { createTestBench } from "@x/client/testing";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  "prices/:symbol": { GET: { data: number } };
}

type Connection = Parameters<SubscriptionAdapter["connect"]>;

/** Opens connections that say what the test wants. */
function adapterOf(connections: Connection[]): SubscriptionAdapter {
  return {
    name: "test",
    async connect(...connection) {
      connections.push(connection);
      return { status: 200, headers: {} };
    },
  };
}

function benchWith() {
  const bench = createTestBench<Api>();
  const connections: Connection[] = [];
  const { useSubscription } = createHooks(bench.client);
  const seen: string[] = [];
  function Price({ symbol }: { symbol: string }) {
    const { data, status } = useSubscription("prices/:symbol", {
      // As people write it: another one in each rendering.
      adapter: adapterOf(connections),
      params: { symbol },
    });
    seen.push(`${symbol}: ${data ?? status}`);
    return <p>{data}</p>;
  }
  return { ...bench, connections, Price, seen };
}

describe("useSubscription", () => {
  it("follows a stream over one connection, in StrictMode too, and ends it with the component", async () => {
    const { connections, Price } = benchWith();
    const page = await render(<Price symbol="a" />, { strict: true });
    await act(async () => connections[0]?.[1].onMessage(3));
    expect(page.text).toBe("3");
    await page.rerender(<Price symbol="a" />);
    expect(connections).toHaveLength(1);
    await page.unmount();
    expect(connections[0]?.[2].aborted).toBe(true);
  });

  it("is another stream with other params, and shows nothing of the former one", async () => {
    const { connections, Price, seen } = benchWith();
    const page = await render(<Price symbol="a" />);
    await act(async () => connections[0]?.[1].onMessage(3));
    await page.rerender(<Price symbol="b" />);
    await act(async () => connections[1]?.[1].onMessage(4));
    expect(seen.filter((line) => line.includes(": 3") || line.includes(": 4"))).toEqual(["a: 3", "b: 4"]);
    expect(connections.map(([, , signal]) => signal.aborted)).toEqual([true, false]);
    await page.unmount();
  });
});
