import { describe, expect, it } from "vitest";
import { definePlugin } from "../plugin/define-plugin.ts";
import { createTestBench } from "../testing/index.ts";

const inMiddleware = definePlugin<{ meta: { before: number } }>()({
  name: "in-middleware",
  middleware(context, next) {
    context.setMeta({ before: 1 });
    return next();
  },
});
const inAfterResponse = definePlugin<{ meta: { after: number } }>()({
  name: "in-after-response",
  afterResponse: (context) => context.setMeta({ after: 2 }),
});
const waiting = definePlugin<{ meta: { waited: number } }>()({
  name: "waiting",
  async afterResponse(context) {
    await undefined;
    context.setMeta({ waited: 3 });
  },
});

describe("setMeta", () => {
  it("shows in the response and in the entry, from any hook", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const withMeta = client.use([inMiddleware, inAfterResponse, waiting]);
    const { meta } = await withMeta.get("items");
    expect(meta).toEqual({ before: 1, after: 2, waited: 3 });
    expect(withMeta.stateManager.getCache("GET items")?.meta).toEqual({ before: 1, after: 2, waited: 3 });
  });

  it("shows in the response of a write, of a failure, and of a replaced response", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 }).reply("GET items", { status: 500 });
    const replacing = definePlugin()({ name: "replacing", afterResponse: () => ({ data: 0 }) });
    const withMeta = client.use([inMiddleware, replacing, inAfterResponse]);
    expect((await withMeta.post("items", { body: {} })).meta).toEqual({ before: 1, after: 2 });
    expect((await client.use([inMiddleware]).get("items")).meta).toEqual({ before: 1 });
  });

  it("tells later hooks what earlier ones said", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const seen: unknown[] = [];
    const reading = definePlugin()({ name: "reading", afterResponse: (_, { meta }) => void seen.push(meta) });
    await client.use([inMiddleware, reading]).get("items");
    expect(seen).toEqual([{ before: 1 }]);
  });

  it("of one request does not show in another", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 });
    let calls = 0;
    const first = definePlugin<{ meta: { first: boolean } }>()({
      name: "first",
      afterResponse(context) {
        calls += 1;
        if (calls === 1) context.setMeta({ first: true });
      },
    });
    const withMeta = client.use([first]);
    const responses = [
      await withMeta.post("items", { body: {} }),
      await withMeta.post("items", { body: {} }),
    ];
    expect(responses.map(({ meta }) => meta)).toEqual([{ first: true }, {}]);
  });

  it("of a failed read adds to the meta of the entry that is there, and creates none", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 500 }).reply("GET none", { status: 500 });
    const withMeta = client.use([inMiddleware]);
    withMeta.stateManager.setCache("GET items", { state: { data: 0 }, meta: { kept: 0 } });
    await withMeta.get("items");
    await withMeta.get("none");
    expect(withMeta.stateManager.getCache("GET items")?.meta).toEqual({ kept: 0, before: 1 });
    expect(withMeta.stateManager.size).toBe(1);
  });
});
