// @vitest-environment happy-dom
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { act, useState } from "react";
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

/** Lists that keep what the former one showed. Those of the tags in `held` are answered by the test. */
function benchThatKeeps(...held: readonly string[]) {
  const session = { user: "ada" };
  const bench = createTestBench<Api>({ identity: () => session.user });
  const answer = (tag: string) => ({ data: { items: [`${session.user}'s ${tag}`], next: 2 } });
  for (const tag of ["a", "b"])
    if (!held.includes(tag)) bench.transport.reply(`GET posts/${tag}`, () => answer(tag));
  const waiting = Object.fromEntries(held.map((tag) => [tag, bench.transport.hold(`GET posts/${tag}`)]));
  const { usePages } = createHooks(bench.client);
  const seen: string[] = [];
  let keep!: (keepPreviousData: boolean) => void;
  function Posts({ tag }: { tag: string }) {
    const [keepPreviousData, setKeep] = useState(true);
    keep = setKeep;
    const { pages, pageParams, isLoading, isPreviousData, hasNext, status } = usePages("posts/:tag", {
      initialPageParam: 1,
      toRequest: (page) => ({ params: { tag }, query: { page } }),
      getNextPageParam: ({ next }) => next,
      keepPreviousData,
    });
    const items = pages.flatMap((page) => page.items).join();
    const flags = [isLoading && "loading", isPreviousData && "previous", hasNext && "more"].filter(Boolean);
    const text = `${items || status} (${pageParams.length}) ${flags.join()}`;
    seen.push(`${tag}: ${text}`);
    return <p>{text}</p>;
  }
  const reply = (tag: string) => act(async () => waiting[tag]![0]!.reply(answer(tag)));
  return { ...bench, session, Posts, seen, keep: (on: boolean) => act(async () => keep(on)), reply };
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

describe("usePages with keepPreviousData", () => {
  it("shows the pages of the former list until those of the other are there, marked as such", async () => {
    const { Posts, seen, reply } = benchThatKeeps("b");
    const page = await render(<Posts tag="a" />);
    await page.rerender(<Posts tag="b" />);
    expect(page.text).toBe("ada's a (1) previous");
    await reply("b");
    expect([...new Set(seen)]).toEqual([
      "a: pending (0) loading",
      "a: ada's a (1) more",
      "b: ada's a (1) previous",
      "b: ada's b (1) more",
    ]);
    await page.unmount();
  });

  it("shows what was shown last, not first", async () => {
    const { Posts } = benchThatKeeps("c", "d");
    const page = await render(<Posts tag="a" />);
    for (const tag of ["b", "c", "d"]) await page.rerender(<Posts tag={tag} />);
    expect(page.text).toBe("ada's b (1) previous");
    await page.unmount();
  });

  it("shows the error of the other list, and no pages of the former one beside it", async () => {
    const { Posts, transport } = benchThatKeeps();
    transport.reply("GET posts/c", { status: 500 });
    const page = await render(<Posts tag="a" />);
    await page.rerender(<Posts tag="c" />);
    expect(page.text).toBe("error (0) ");
    await page.unmount();
  });

  it("keeps nothing that the client has forgotten", async () => {
    const { Posts, client } = benchThatKeeps("b");
    const page = await render(<Posts tag="a" />);
    await page.rerender(<Posts tag="b" />);
    await act(async () => client.stateManager.clear());
    expect(page.text).toBe("idle (0) ");
    await page.unmount();
  });

  it("shows nothing of a former user, in no rendering", async () => {
    const { Posts, client, session, seen } = benchThatKeeps("b");
    const page = await render(<Posts tag="a" />);
    await page.rerender(<Posts tag="b" />);
    seen.length = 0;
    await act(async () => {
      session.user = "bob";
      client.checkIdentity();
    });
    expect(page.text).toBe("pending (0) loading");
    expect(seen.join()).not.toContain("ada");
    await page.unmount();
  });

  it("may be turned on and off without another request", async () => {
    const { Posts, keep, transport } = benchThatKeeps("b");
    const page = await render(<Posts tag="a" />);
    await page.rerender(<Posts tag="b" />);
    await keep(false);
    expect(page.text).toBe("pending (0) loading");
    await keep(true);
    expect(page.text).toBe("ada's a (1) previous");
    expect(transport.requests).toHaveLength(2);
    await page.unmount();
  });
});
