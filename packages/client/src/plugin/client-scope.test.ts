import { describe, expect, it } from "vitest";
import { ClientError } from "../errors.ts";
import type { ClientRequest, ClientScope } from "../request/context-types.ts";
import { createTestBench } from "../testing/index.ts";
import type { Transport } from "../transport/transport.ts";

/** Both kinds of context of one client. */
async function scopes(): Promise<readonly ClientScope[] & { readonly reported: readonly unknown[] }> {
  const { client, transport, reported } = createTestBench();
  transport.reply("GET items", { data: 1 });
  const seen: ClientScope[] = [];
  const withPlugin = client.use([
    {
      name: "test:scope",
      setup: (context) => void seen.push(context),
      middleware(context, next) {
        seen.push(context);
        return next();
      },
    },
  ]);
  await withPlugin.get("items");
  return Object.assign(seen, { reported });
}

describe("report", () => {
  it("tells the client's onError, in a request and outside of one", async () => {
    const all = await scopes();
    const errors = all.map(
      () => new ClientError("PLUGIN_THREW", "the disk is full", { plugin: "test:scope" }),
    );
    all.forEach(({ report }, at) => report(errors[at]!));
    expect(all).toHaveLength(2);
    expect(all.reported).toEqual(errors);
  });
});

describe("queryKeyOf", () => {
  it("is the key of the request that has these parts", async () => {
    for (const { queryKeyOf } of await scopes()) {
      expect(queryKeyOf("items")).toBe("GET items");
      expect(queryKeyOf("/items/:id/", { params: { id: "a/b" } })).toBe("GET items/a%2Fb");
      expect(queryKeyOf("items", { method: "HEAD", query: {} })).toBe("HEAD items");
    }
  });

  it("finds what the client has stored, whatever the order of the query", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items/1", { data: "one" });
    await client.get("items/:id", { params: { id: 1 }, query: { a: 1, b: 2 } });
    const key = client.queryKeyOf("items/:id", { params: { id: 1 }, query: { b: 2, a: 1 } });
    expect(client.stateManager.getCache(key)?.state.data).toBe("one");
  });
});

describe("observed", () => {
  it("tells the requests of observers from others", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const seen: boolean[] = [];
    const noting = client.use([
      { name: "test:noting", afterResponse: ({ observed }) => void seen.push(observed) },
    ]);
    await noting.get("items");
    await noting.observe("items").send();
    expect(seen).toEqual([false, true]);
  });
});

describe("the transport of a request", () => {
  const replacing = (change: (request: ClientRequest) => void) => ({
    name: "test:replacing",
    middleware({ request }: { readonly request: ClientRequest }, next: () => Promise<object>) {
      change(request);
      return next();
    },
  });

  it("is the client's, and a plugin may wrap it", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 });
    const sent: string[] = [];
    const wrapping = replacing((request) => {
      const { transport: send } = request;
      request.transport = (toSend) => {
        sent.push(`${toSend.method} ${toSend.url} ${String(toSend.body)}`);
        return send({ ...toSend, headers: { ...toSend.headers, "x-wrapped": "yes" } });
      };
    });
    const { data } = await client.use([wrapping]).post("items", { body: { a: 1 } });
    expect(data).toBe(1);
    expect(sent).toEqual(['POST items {"a":1}']);
    expect(transport.requests[0]?.headers).toMatchObject({ "x-wrapped": "yes" });
  });

  it("or replace it, for that request alone", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: "from the network" });
    const other: Transport = () => Promise.resolve({ status: 200, data: "from elsewhere" });
    let replaced = false;
    const once = client.use([
      replacing((request) => {
        if (!replaced) request.transport = other;
        replaced = true;
      }),
    ]);
    expect((await once.get("items")).data).toBe("from elsewhere");
    expect((await once.get("items")).data).toBe("from the network");
  });
});

describe("send", () => {
  it("sends a request of a plugin's own through all plugins, in a request and outside of one", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("POST log", { status: 204 });
    const seen: string[] = [];
    const logging = client.use([
      {
        name: "test:logging",
        operations: ["read"],
        setup: ({ send }) => void send("log", { method: "POST", body: "set up" }),
        async middleware({ send, path }, next) {
          await send("log", { method: "POST", body: path });
          return next();
        },
      },
      { name: "test:witness", afterResponse: ({ method, path }) => void seen.push(`${method} ${path}`) },
    ]);
    await logging.get("items");
    expect(seen).toEqual(["POST log", "POST log", "GET items"]);
    expect(transport.requests.map(({ body }) => body)).toEqual(["set up", "items", undefined]);
  });
});
