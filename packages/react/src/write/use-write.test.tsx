// @vitest-environment happy-dom
import { createTestBench } from "@x/client/testing";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  orders: { POST: { data: { id: number }; body: { total: number } } };
  "orders/:id": { DELETE: { data: null } };
}

function benchWith(identity?: () => string) {
  const bench = createTestBench<Api>(identity ? { identity } : {});
  const { useWrite } = createHooks(bench.client);
  const seen: string[] = [];
  let write!: ReturnType<typeof useWrite<"orders">>;
  function Create() {
    write = useWrite("orders");
    const { status, data, error, isPending } = write;
    seen.push(`${status} ${data?.id ?? error?.code ?? isPending}`);
    return null;
  }
  return { ...bench, useWrite, Create, seen, write: () => write };
}

describe("useWrite", () => {
  it("renders once for pending and once for the answer, and gives that to the caller", async () => {
    const { transport, Create, seen, write } = benchWith();
    transport.reply("POST orders", { status: 201, data: { id: 7 } });
    const page = await render(<Create />);
    let answer: unknown;
    await act(async () => {
      const { data } = await write().send({ body: { total: 3 } });
      answer = data;
    });
    expect(answer).toEqual({ id: 7 });
    expect(seen).toEqual(["idle false", "pending true", "success 7"]);
    await page.unmount();
  });

  it("tells of an answer or an error, which the next write takes away", async () => {
    const { transport, Create, seen, write } = benchWith();
    transport.reply("POST orders", { status: 422 }).reply("POST orders", { data: { id: 7 } });
    const page = await render(<Create />);
    await act(async () => void (await write().send({ body: { total: 3 } })));
    await act(async () => void (await write().send({ body: { total: 3 } })));
    await act(async () => void (await write().send({ body: { total: 3 } })));
    const sent = ["pending true", "success 7"];
    expect(seen.slice(1)).toEqual(["pending true", "error HTTP_ERROR", ...sent, ...sent]);
    await page.unmount();
  });

  it("shows the latest of several, whatever the order of their answers", async () => {
    const { transport, Create, seen, write } = benchWith();
    const held = transport.hold("POST orders");
    const page = await render(<Create />);
    await act(async () => {
      void write().send({ body: { total: 1 } });
      void write().send({ body: { total: 2 } });
    });
    await act(async () => held[1]?.reply({ data: { id: 2 } }));
    await act(async () => held[0]?.reply({ data: { id: 1 } }));
    expect(seen.at(-1)).toBe("success 2");
    await page.unmount();
  });

  it("is idle again after a reset, also while it is under way", async () => {
    const { transport, Create, seen, write } = benchWith();
    const held = transport.hold("POST orders");
    const page = await render(<Create />, { strict: true });
    await act(async () => void write().send({ body: { total: 1 } }));
    await act(async () => write().reset());
    await act(async () => held[0]?.reply({ data: { id: 1 } }));
    expect(seen.at(-1)).toBe("idle false");
    await act(async () => void write().send({ body: { total: 2 } }));
    await act(async () => held[1]?.reply({ data: { id: 2 } }));
    expect(seen.at(-1)).toBe("success 2");
    await page.unmount();
  });

  it("is followed by plugins for as long as the component is there, reset or not", async () => {
    const bench = createTestBench<Api>();
    const log: string[] = [];
    const { useWrite } = createHooks(
      bench.client.use([
        {
          name: "test:log",
          lifecycle: { onMount: () => void log.push("mount"), onUnmount: () => void log.push("unmount") },
        },
      ]),
    );
    let reset = () => {};
    function Create() {
      ({ reset } = useWrite("orders"));
      return null;
    }
    const page = await render(<Create />, { strict: true });
    await act(async () => reset());
    await page.unmount();
    expect(log).toEqual(["mount", "unmount", "mount", "unmount"]);
  });

  it("is not aborted when its component goes, and tells its caller", async () => {
    const { transport, Create, seen, write, reported } = benchWith();
    const held = transport.hold("POST orders");
    const page = await render(<Create />);
    let sent: ReturnType<ReturnType<typeof write>["send"]> | undefined;
    await act(async () => {
      sent = write().send({ body: { total: 1 } });
    });
    await page.unmount();
    await act(async () => held[0]?.reply({ data: { id: 1 } }));
    expect((await sent)?.data).toEqual({ id: 1 });
    expect(seen).toEqual(["idle false", "pending true"]);
    expect(reported).toEqual([]);
  });

  it("shows nothing of what the former user has written", async () => {
    const session = { user: "ada" };
    const { transport, client, Create, seen, write } = benchWith(() => session.user);
    transport.reply("POST orders", { data: { id: 7 } });
    const page = await render(<Create />);
    await act(async () => void (await write().send({ body: { total: 3 } })));
    await act(async () => {
      session.user = "bob";
      client.checkIdentity();
    });
    expect(seen.at(-1)).toBe("idle false");
    await page.unmount();
  });

  it("takes another method, and options for all that it sends", async () => {
    const { transport, useWrite } = benchWith();
    transport.reply("DELETE orders/1", { status: 204 });
    let remove!: ReturnType<typeof useWrite<"orders/:id", "DELETE">>;
    function Remove() {
      remove = useWrite("orders/:id", { method: "DELETE", headers: { "x-reason": "test" } });
      return <p>{remove.status}</p>;
    }
    const page = await render(<Remove />);
    await act(async () => void (await remove.send({ params: { id: 1 } })));
    expect(page.text).toBe("success");
    expect(transport.requests[0]?.headers["x-reason"]).toBe("test");
    await page.unmount();
  });
});
