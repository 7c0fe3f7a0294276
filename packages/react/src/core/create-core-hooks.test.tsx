// @vitest-environment happy-dom
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { createPagesHook } from "../pages/create-pages-hook.ts";
import { render } from "../test-support/render.ts";
import { createCoreHooks } from "./create-core-hooks.ts";

describe("createCoreHooks", () => {
  it("reads and writes, and has what the other hooks are added to", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET posts", { data: ["tea"] });
    const hooks = createCoreHooks(client);
    const usePages = createPagesHook(hooks);
    function Posts() {
      const { data } = hooks.useRead("posts");
      const { status } = hooks.useWrite("posts");
      const { pages } = usePages("posts", {
        initialPageParam: 1,
        toRequest: () => ({}),
        getNextPageParam: () => undefined,
      });
      return <p>{[data, status, pages].map((value) => JSON.stringify(value)).join(" ")}</p>;
    }
    const page = await render(<Posts />);
    expect(page.text).toBe('["tea"] "idle" [["tea"]]');
    expect(Object.keys(hooks)).not.toContain("usePages");
    await page.unmount();
  });
});
