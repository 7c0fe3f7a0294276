// @vitest-environment happy-dom
import { createTestBench } from "@x/client/testing";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  files: { POST: { data: { url: string }; body: string } };
}

function benchWith() {
  const bench = createTestBench<Api>();
  const held = bench.transport.hold("POST files");
  const { useQueue } = createHooks(bench.client);
  let queue!: ReturnType<typeof useQueue<"files">>;
  function Uploads({ concurrency }: { concurrency: number }) {
    queue = useQueue("files", { concurrency });
    return <p>{queue.items.map(({ id, status }) => `${id} ${status}`).join()}</p>;
  }
  return { ...bench, held, Uploads, queue: () => queue };
}

describe("useQueue", () => {
  it("sends only so many at once, as its latest options say", async () => {
    const { held, Uploads, queue } = benchWith();
    const page = await render(<Uploads concurrency={1} />, { strict: true });
    await act(async () => {
      queue().add({ body: "a" }, { id: "a" });
      queue().add({ body: "b" }, { id: "b" });
    });
    expect(page.text).toBe("a running,b waiting");
    await page.rerender(<Uploads concurrency={2} />);
    expect(page.text).toBe("a running,b running");
    await act(async () => held[0]?.reply({ data: { url: "/a" } }));
    expect(page.text).toBe("a success,b running");
    await page.unmount();
  });

  it("goes on when the component is gone", async () => {
    const { held, Uploads, queue, reported } = benchWith();
    const page = await render(<Uploads concurrency={1} />);
    let done: Promise<unknown> = Promise.resolve();
    await act(async () => {
      ({ done } = queue().add({ body: "a" }));
    });
    await page.unmount();
    await act(async () => held[0]?.reply({ data: { url: "/a" } }));
    expect(await done).toMatchObject({ data: { url: "/a" } });
    expect(reported).toEqual([]);
  });
});
