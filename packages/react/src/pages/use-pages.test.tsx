// @vitest-environment happy-dom
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  "posts/:tag": { GET: { data: { items: string[]; next?: number }; query: { page: number } } };
}

function benchWith(plugins: readonly ClientPlugin[] = []) {
  const bench = createTestBench<Api>();
  for (const tag of ["a", "b"])
    bench.transport.reply(`GET posts/${tag}`, ({ url }) => {
      // The query of the scripted transport's requests is in their URL.
      const page = Number(/page=(\d+)/.exec(url)?.[1]);
      return { data: { items: [`${tag}${page}`], ...(page < 3 && { next: page + 1 }) } };
    });
  const { usePages } = createHooks(bench.client.use(plugins));
  const seen: string[] = [];
  let list!: ReturnType<typeof usePages<"posts/:tag", number>>;
  function Posts({ tag }: { tag: string }) {
    list = usePages("posts/:tag", {
      initialPageParam: 1,
      toRequest: (page) => ({ params: { tag }, query: { page } }),
      getNextPageParam: ({ next }) => next,
    });
    const text = list.isLoading ? "loading" : list.pages.flatMap(({ items }) => items).join();
    seen.push(`${tag}: ${text}`);
    return <p>{text}</p>;
  }
  return { ...bench, Posts, seen, list: () => list };
}

describe("usePages", () => {
  it("shows a list and adds to it, without a rendering too many", async () => {
    const { Posts, seen, list } = benchWith();
    const page = await render(<Posts tag="a" />);
    await act(async () => void (await list().fetchNext()));
    expect(page.text).toBe("a1,a2");
    expect(seen).toEqual(["a: loading", "a: a1", "a: a1,a2"]);
    expect(list().hasNext).toBe(true);
    await page.unmount();
  });

  it("makes one request a page in StrictMode, and leaves nothing behind", async () => {
    const log: string[] = [];
    const { transport, Posts } = benchWith([
      {
        name: "test:log",
        lifecycle: { onMount: () => void log.push("mount"), onUnmount: () => void log.push("unmount") },
      },
    ]);
    const page = await render(<Posts tag="a" />, { strict: true });
    expect(page.text).toBe("a1");
    expect(transport.requests).toHaveLength(1);
    await page.unmount();
    expect(log).toEqual(["mount", "unmount"]);
  });

  it("is another list with another first page, and shows nothing of the former one", async () => {
    const { Posts, seen } = benchWith();
    const page = await render(<Posts tag="a" />);
    await page.rerender(<Posts tag="b" />);
    expect(page.text).toBe("b1");
    expect(seen).toEqual(["a: loading", "a: a1", "b: loading", "b: b1"]);
    await page.unmount();
  });
});
