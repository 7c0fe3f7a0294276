import { describe, expect, it } from "vitest";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { signedIn } from "../test-support/signed-in.ts";
import { createClient } from "./create-client.ts";

describe("the identity", () => {
  it("is part of every query key", async () => {
    const { client, transport } = createTestBench({ identity: "ada" });
    transport.reply("GET posts", { data: 1 }).reply("GET posts/1", { data: 2 });
    await client.get("posts", { query: { page: 2 } });
    await client.get("posts/:id", { params: { id: 1 } });
    expect(client.stateManager.findKeys("*")).toEqual(['@ada GET posts?{"page":2}', "@ada GET posts/1"]);
    expect(client.queryKeyOf("posts/:id", { params: { id: 1 } })).toBe("@ada GET posts/1");
    expect(client.stateManager.findKeys("posts/*")).toEqual(["@ada GET posts/1"]);
  });

  it("takes nothing from what is sent", async () => {
    const { client, transport } = createTestBench({ identity: "ada", baseUrl: "/api" });
    transport.reply("GET /api/posts", {});
    await client.get("posts");
    expect(transport.requests[0]).toMatchObject({ url: "/api/posts", method: "GET" });
  });

  it.each([
    ["a b GET posts", "@a%20b%20GET%20posts GET posts"],
    ["a?b", "@a%3Fb GET posts"],
    ["@", "@%40 GET posts"],
    ["", "@ GET posts"],
    [undefined, "GET posts"],
    [null, "GET posts"],
  ])("%j makes keys that no other makes", (identity, key) => {
    expect(createClient({ identity }).queryKeyOf("posts")).toBe(key);
  });

  it("is asked for at each request, when it is a function", async () => {
    const { client, become } = signedIn("ada");
    expect((await client.get("me")).data).toBe("ada's");
    become("grace");
    expect((await client.get("me")).data).toBe("grace's");
    become(undefined);
    expect((await client.get("me")).data).toBe("undefined's");
    expect(client.stateManager.findKeys("*")).toEqual(["GET me"]);
  });

  it("that does not change keeps the state, and the requests under way", async () => {
    const { client, transport } = signedIn("ada");
    const held = transport.hold("GET slow");
    await client.get("me");
    const pending = client.get("slow");
    await flushMicrotasks();
    expect(client.checkIdentity()).toBe("ada");
    held[0]?.reply({ data: "late" });
    expect((await pending).data).toBe("late");
    expect(client.stateManager.size).toBe(2);
  });

  it("is each client's own", async () => {
    const { client, become } = signedIn("ada");
    const other = client.use([]);
    await client.get("me");
    await other.get("me");
    become("grace");
    client.checkIdentity();
    expect([client.stateManager.size, other.stateManager.size]).toEqual([0, 1]);
    other.checkIdentity();
    expect(other.stateManager.size).toBe(0);
  });

  it("is known to plugins, of each request and of the client", async () => {
    const { client, become } = signedIn("ada");
    const seen: unknown[] = [];
    const withPlugin = client.use([
      {
        name: "test:witness",
        setup: (scope) => void seen.push(() => scope.identity),
        async middleware(context, next) {
          const response = await next();
          become("grace");
          context.clientScope.queryKeyOf("me");
          seen.push(context.identity, context.clientScope.identity, context.queryKeyOf("me"));
          return response;
        },
      },
    ]);
    await withPlugin.get("me");
    const [ofSetUp, ...rest] = seen as [() => unknown, ...unknown[]];
    expect(rest).toEqual(["ada", "grace", "@ada GET me"]);
    expect(ofSetUp()).toBe("grace");
  });
});

describe("when it changes", () => {
  it("everything that is known is forgotten, and subscribers are told", async () => {
    const { client, become } = signedIn("ada");
    await client.get("me");
    client.stateManager.setCache("note", { state: { data: "ada's note" } });
    const seen: unknown[] = [];
    client.stateManager.subscribe("note", (entry) => seen.push(entry?.state.data));
    become("grace");
    expect(client.checkIdentity()).toBe("grace");
    expect(seen).toEqual([undefined]);
    expect(client.stateManager.size).toBe(0);
    client.stateManager.setCache("note", { state: { data: "grace's note" } });
    expect(seen).toEqual([undefined, "grace's note"]);
  });

  it("plugins and applications are told, once, after the state was cleared", () => {
    const { client, become } = signedIn("ada");
    client.stateManager.setCache("note", { state: { data: 1 } });
    const told: unknown[] = [];
    client.eventEmitter.on("identity", (event) => told.push([event, client.stateManager.size]));
    client.checkIdentity();
    become("grace");
    client.checkIdentity();
    client.checkIdentity();
    become(undefined);
    void client.get("me");
    expect(told).toEqual([
      [{ identity: "grace", previous: "ada" }, 0],
      [{ identity: undefined, previous: "grace" }, 0],
    ]);
  });

  it("somebody who comes back finds nothing, and gets no answer of their former time", async () => {
    const { client, transport, become } = signedIn("ada");
    const held = transport.hold("GET slow");
    await client.get("me");
    const pending = client.get("slow");
    await flushMicrotasks();
    for (const user of ["grace", "ada"]) {
      become(user);
      client.checkIdentity();
    }
    held[0]?.reply({ data: "late" });
    expect(await pending).toMatchObject({ error: { code: "IDENTITY_CHANGED" }, data: undefined });
    expect(client.stateManager.size).toBe(0);
  });

  it("requests of plugins go as the user who caused them, or not at all", async () => {
    const { client, transport, become } = signedIn("ada");
    const late: (() => Promise<unknown>)[] = [];
    const withPlugin = client.use([
      {
        name: "test:outbox",
        operations: ["read"],
        middleware(context, next) {
          const { send } = context;
          late.push(
            () => send("orders", { method: "POST", body: "ada's order" }),
            () => context.refetch(),
            () => context.clientScope.send("me", { operation: "check" }),
          );
          return next();
        },
      },
    ]);
    await withPlugin.get("me");
    become("grace");
    const [sent, asked, free] = await Promise.all(late.map((send) => send()));
    expect(sent).toMatchObject({ error: { code: "IDENTITY_CHANGED" }, status: 0, aborted: false });
    expect(asked).toMatchObject({ error: { code: "IDENTITY_CHANGED" } });
    expect(free).toMatchObject({ data: "grace's" });
    expect(transport.requests).toHaveLength(2);
  });
});

describe("IDENTITY_FAILED", () => {
  it("is reported when the function throws, and nobody is there", async () => {
    let broken = false;
    const cause = new Error("the session cannot be read");
    const { client, transport, reported } = createTestBench({
      identity() {
        if (broken) throw cause;
        return "ada";
      },
    });
    transport.reply("GET posts", { data: 1 });
    await client.get("posts");
    broken = true;
    expect(client.checkIdentity()).toBeUndefined();
    expect(reported).toMatchObject([{ code: "IDENTITY_FAILED", cause }]);
    expect(client.stateManager.size).toBe(0);
    expect((await client.get("posts")).error).toBeUndefined();
    expect(client.stateManager.findKeys("*")).toEqual(["GET posts"]);
  });
});
