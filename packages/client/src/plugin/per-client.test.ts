import { describe, expect, it } from "vitest";
import { createTestBench } from "../testing/index.ts";
import type { ClientScope } from "../request/context-types.ts";
import { definePlugin } from "./define-plugin.ts";
import { perClient } from "./per-client.ts";

function counting() {
  const countOf = perClient(() => ({ requests: 0 }));
  return definePlugin<{ methods: { countRequests(): number } }>()({
    name: "test:counting",
    middleware(context, next) {
      countOf(context).requests += 1;
      return next();
    },
    api: (context) => ({ countRequests: () => countOf(context).requests }),
  });
}

describe("perClient", () => {
  it("is one state for the requests, the set-up and the methods of a client", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const counted = client.use([counting()]);
    await Promise.all([counted.get("items"), counted.get("items")]);
    expect(counted.countRequests()).toBe(2);
  });

  it("is another for every client that was given the same plugin", async () => {
    const plugin = counting();
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const first = client.use([plugin]);
    // The next client takes over the plugins of this one.
    const next = first.use([]);
    await first.get("items");
    expect([first.countRequests(), next.countRequests()]).toEqual([1, 0]);
  });

  it("outlives the user in whose request it was made", async () => {
    let user = "ada";
    const { client, transport } = createTestBench({ identity: () => user });
    transport.reply("GET items", () => ({ data: `${user}'s` }));
    const scopeOf = perClient((scope) => ({ scope }));
    const kept: { readonly scope: ClientScope }[] = [];
    const keeping = client.use([
      {
        name: "test:keeping",
        middleware(context, next) {
          kept.push(scopeOf(context));
          return next();
        },
      },
    ]);
    await keeping.get("items");
    user = "grace";
    await keeping.get("items");
    expect(kept[0]).toBe(kept[1]);
    const { send, stateManager } = kept[0]!.scope;
    expect((await send("items", {})).data).toBe("grace's");
    expect(stateManager.getCache("@grace GET items")?.state.data).toBe("grace's");
  });

  it("is made with what the client has", () => {
    const { client, clock } = createTestBench();
    const seen: unknown[] = [];
    const scopeOf = perClient((scope) => {
      seen.push(scope.stateManager, scope.clock.now(), scope.queryKeyOf("posts"));
      return {};
    });
    const withPlugin = client.use([{ name: "test:scope", setup: (context) => void scopeOf(context) }]);
    expect(seen).toEqual([withPlugin.stateManager, clock.now(), "GET posts"]);
  });
});
