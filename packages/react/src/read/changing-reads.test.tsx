// @vitest-environment happy-dom
import { cache } from "@x/client-cache";
import { debounce } from "@x/client-debounce";
import { createTestBench } from "@x/client/testing";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  "orders/:id": { GET: { data: { total: number } } };
  search: { GET: { data: string; query: { text: string } } };
}

function benchWith() {
  const bench = createTestBench<Api>();
  const client = bench.client.use([cache(), debounce()]);
  return { ...bench, client, ...createHooks(client) };
}

describe("other params", () => {
  it("never show what belongs to the former ones, not for one rendering", async () => {
    const { transport, useRead } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    const held = transport.hold("GET orders/2");
    const seen: string[] = [];
    function Order({ id }: { id: number }) {
      const { data, status } = useRead("orders/:id", { params: { id } });
      seen.push(`${id}: ${data?.total ?? status}`);
      return null;
    }
    const page = await render(<Order id={1} />);
    await page.rerender(<Order id={2} />);
    await act(async () => held[0]?.reply({ data: { total: 2 } }));
    await page.rerender(<Order id={1} />);
    expect(seen).toEqual(["1: pending", "1: 1", "2: pending", "2: 2", "1: 1"]);
    await page.unmount();
  });

  it("show it where it is to be kept, marked as such", async () => {
    const { transport, useRead } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    const held = transport.hold("GET orders/2");
    function Order({ id }: { id: number }) {
      const { data, isPreviousData, isLoading } = useRead("orders/:id", {
        params: { id },
        keepPreviousData: true,
      });
      return <p>{`${data?.total} ${isPreviousData} ${isLoading}`}</p>;
    }
    const page = await render(<Order id={1} />);
    expect(page.text).toBe("1 false false");
    await page.rerender(<Order id={2} />);
    expect(page.text).toBe("1 true false");
    await act(async () => held[0]?.reply({ data: { total: 2 } }));
    expect(page.text).toBe("2 false false");
    await page.unmount();
  });

  it("show what was shown last, not first, where it is to be kept", async () => {
    const { transport, useRead } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } }).reply("GET orders/2", { data: { total: 2 } });
    transport.hold("GET orders/3");
    function Order({ id }: { id: number }) {
      return <p>{useRead("orders/:id", { params: { id }, keepPreviousData: true }).data?.total}</p>;
    }
    const page = await render(<Order id={1} />);
    await page.rerender(<Order id={2} />);
    await page.rerender(<Order id={3} />);
    expect(page.text).toBe("2");
    await page.unmount();
  });

  it("keep nothing that the client has forgotten", async () => {
    const { transport, useRead, client } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    transport.hold("GET orders/2");
    function Order({ id }: { id: number }) {
      return (
        <p>{useRead("orders/:id", { params: { id }, keepPreviousData: true }).data?.total ?? "nothing"}</p>
      );
    }
    const page = await render(<Order id={1} />);
    await page.rerender(<Order id={2} />);
    expect(page.text).toBe("1");
    await act(async () => client.clearCache());
    expect(page.text).toBe("nothing");
    await page.unmount();
  });

  it("are one burst to a debounce", async () => {
    const { transport, clock, useRead } = benchWith();
    transport.reply("GET search", { data: "found" });
    function Search({ text }: { text: string }) {
      return <p>{useRead("search", { query: { text }, debounceMs: 300 }).data ?? "…"}</p>;
    }
    const page = await render(<Search text="a" />);
    await page.rerender(<Search text="ab" />);
    await page.rerender(<Search text="abc" />);
    await act(() => clock.advance(300));
    expect(page.text).toBe("found");
    expect(transport.requests.map(({ url }) => url)).toEqual([expect.stringContaining("abc")]);
    await page.unmount();
  });
});

describe("a read that is not asked for", () => {
  it("sends nothing until it is enabled, and shows what others fetch meanwhile", async () => {
    const { transport, useRead, client } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    function Order({ enabled }: { enabled: boolean }) {
      const { data, status, isFetching } = useRead("orders/:id", { params: { id: 1 }, enabled });
      return <p>{`${data?.total} ${status} ${isFetching}`}</p>;
    }
    const page = await render(<Order enabled={false} />);
    expect(page.text).toBe("undefined idle false");
    expect(transport.requests).toHaveLength(0);
    await act(async () => void (await client.get("orders/:id", { params: { id: 1 } })));
    expect(page.text).toBe("1 success false");
    await page.rerender(<Order enabled />);
    expect(transport.requests).toHaveLength(1);
    await page.unmount();
  });

  it("has no params yet: false and null show nothing and send nothing", async () => {
    const { transport, useRead } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    function Order({ id }: { id: number | undefined }) {
      const { data, status } = useRead("orders/:id", id !== undefined && { params: { id } });
      return <p>{data?.total ?? status}</p>;
    }
    const page = await render(<Order id={undefined} />);
    expect(page.text).toBe("idle");
    await page.rerender(<Order id={1} />);
    expect(page.text).toBe("1");
    await page.rerender(<Order id={undefined} />);
    expect(page.text).toBe("idle");
    expect(transport.requests).toHaveLength(1);
    await page.unmount();
  });

  it("is not followed any more when it was before", async () => {
    const { transport, useRead, client } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    function Order({ enabled }: { enabled: boolean }) {
      return <p>{useRead("orders/:id", { params: { id: 1 }, enabled }).data?.total}</p>;
    }
    const page = await render(<Order enabled />);
    await page.rerender(<Order enabled={false} />);
    await act(async () => client.eventEmitter.emit("refetch", { tags: "orders/*" }));
    expect(page.text).toBe("1");
    expect(transport.requests).toHaveLength(1);
    await page.unmount();
  });

  it("goes on with its params once they are there, whatever was asked for before", async () => {
    const { transport, useRead } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    const codes: unknown[] = [];
    let refetch = async () => {};
    function Order({ id }: { id: number | undefined }) {
      const read = useRead("orders/:id", id !== undefined && { params: { id } });
      refetch = async () => void codes.push((await read.refetch()).error?.code);
      return <p>{read.data?.total ?? read.status}</p>;
    }
    const page = await render(<Order id={undefined} />);
    await act(() => refetch());
    expect(codes).toEqual(["MISSING_PARAM"]);
    await page.rerender(<Order id={1} />);
    expect(page.text).toBe("1");
    await page.unmount();
  });

  it("is fetched by refetch all the same", async () => {
    const { transport, useRead } = benchWith();
    transport.reply("GET orders/1", { data: { total: 1 } });
    let refetch: () => Promise<unknown> = async () => {};
    function Order() {
      const read = useRead("orders/:id", { params: { id: 1 }, enabled: false });
      ({ refetch } = read);
      return <p>{read.data?.total ?? read.status}</p>;
    }
    const page = await render(<Order />);
    await act(async () => void (await refetch()));
    expect(page.text).toBe("1");
    await page.unmount();
  });
});
