import { describe, expect, it } from "vitest";
import type { RequestContext } from "./context-types.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench } from "../testing/index.ts";

/** A plugin that notes when its middleware is entered and resumed. */
function tracer(name: string, log: string[], more: Omit<ClientPlugin, "name"> = {}): ClientPlugin {
  return {
    name,
    async middleware(_, next) {
      log.push(`${name} in`);
      const response = await next();
      log.push(`${name} out`);
      return response;
    },
    ...more,
  };
}

describe("order", () => {
  it("B-1 plugins enter by priority and resume in reverse", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const plugins = [5, -10, 0].map((priority) => tracer(`at ${priority}`, log, { priority }));
    await client.use(plugins).get("items");
    expect(log).toEqual(["at -10 in", "at 0 in", "at 5 in", "at 5 out", "at 0 out", "at -10 out"]);
  });

  it("B-1 plugins of one priority keep the order of their registration", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    await client
      .use([tracer("first", log), tracer("second", log, { priority: 0 })])
      .use([tracer("third", log)])
      .get("items");
    expect(log).toEqual(["first in", "second in", "third in", "third out", "second out", "first out"]);
  });

  it("B-1 afterResponse runs in the order in which the plugins entered", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const log: string[] = [];
    const noting = (name: string, priority: number): ClientPlugin => ({
      name,
      priority,
      afterResponse: () => void log.push(name),
    });
    await client.use([noting("inner", 5), noting("outer", -10)]).get("items");
    expect(log).toEqual(["outer", "inner"]);
  });

  it("B-2 an early return resumes every plugin outside of it and starts none inside", async () => {
    const { client, transport } = createTestBench();
    const log: string[] = [];
    const early: ClientPlugin = { name: "early", middleware: () => ({ data: "at hand", status: 200 }) };
    const response = await client
      .use([tracer("outermost", log), tracer("outer", log), early, tracer("inner", log)])
      .get("items");
    expect(log).toEqual(["outermost in", "outer in", "outer out", "outermost out"]);
    expect(response).toMatchObject({ data: "at hand", status: 200, error: undefined });
    expect(transport.requests).toEqual([]);
  });
});

describe("operations", () => {
  const HOOKS = ["middleware", "afterResponse", "onMount", "onUpdate", "onUnmount"] as const;

  /** A plugin that notes each hook with the operation that it is called for. */
  function watcher(operations: readonly string[] | undefined, log: string[]): ClientPlugin {
    const note = (hook: string) => (context: RequestContext) =>
      void log.push(`${hook} ${context.operationType}`);
    return {
      name: "watcher",
      operations,
      middleware(context, next) {
        note("middleware")(context);
        return next();
      },
      afterResponse: note("afterResponse"),
      lifecycle: { onMount: note("onMount"), onUpdate: note("onUpdate"), onUnmount: note("onUnmount") },
    };
  }

  /** Leads an observed request of one operation through its life. */
  async function live(operation: string, operations: readonly string[] | undefined): Promise<string[]> {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { data: 1 });
    const log: string[] = [];
    const observer = client
      .use([watcher(operations, log)])
      .observeRequest("items", { method: "POST", operation });
    observer.mount();
    await observer.send();
    observer.update({ method: "POST", operation, headers: { a: "1" } });
    observer.unmount();
    return log;
  }

  it.each(HOOKS)("B-3 %s of a plugin for reads is never called for a write", async (hook) => {
    expect(await live("read", ["read"])).toContain(`${hook} read`);
    expect(await live("write", ["read"])).not.toContain(`${hook} write`);
  });

  it.each(HOOKS)("%s of a plugin that names no operations is called for all", async (hook) => {
    for (const operation of ["read", "write", "acme:sync"]) {
      expect(await live(operation, undefined)).toContain(`${hook} ${operation}`);
    }
  });

  it.each(HOOKS)("%s is called for an operation that a plugin adds, and for no other", async (hook) => {
    expect(await live("acme:sync", ["acme:sync"])).toContain(`${hook} acme:sync`);
    expect(await live("read", ["acme:sync"])).toEqual([]);
  });

  it.each([
    ["GET", "read"],
    ["HEAD", "read"],
    ["POST", "write"],
    ["PUT", "write"],
    ["PATCH", "write"],
    ["DELETE", "write"],
  ])("a %s is a %s where nobody says otherwise", async (method, operation) => {
    const { client, transport } = createTestBench();
    transport.reply(`${method} items`, { data: 1 });
    const log: string[] = [];
    await client.use([watcher([operation], log)]).request("items", { method });
    expect(log).toEqual([`middleware ${operation}`, `afterResponse ${operation}`]);
  });
});

describe("the response", () => {
  it("B-6 comes back from the transport unchanged where there are no plugins", async () => {
    const { client, transport } = createTestBench();
    const data = { id: 1 };
    transport.reply("GET items", { status: 203, headers: { etag: "1" }, data });
    const response = await client.get("items");
    expect(response).toMatchObject({
      status: 203,
      headers: { etag: "1" },
      error: undefined,
      aborted: false,
      meta: {},
    });
    expect(response.data).toBe(data);
  });

  it("is what the outermost plugin made of it", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 200, headers: { etag: "1" }, data: "b" });
    const wrap = (name: string): ClientPlugin => ({
      name,
      async middleware(_, next) {
        const response = await next();
        return { ...response, data: `${name}(${String(response.data)})` };
      },
    });
    const response = await client.use([wrap("outer"), wrap("inner")]).get("items");
    expect(response).toMatchObject({ data: "outer(inner(b))", status: 200, headers: { etag: "1" } });
  });

  it("leaves the caller's options alone, whatever plugins do to the request", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const changing: ClientPlugin = {
      name: "changing",
      middleware({ request }, next) {
        request.headers["x-added"] = "1";
        request.query = { added: 1 };
        return next();
      },
    };
    const options = { headers: { "x-given": "1" }, query: { given: 1 } };
    await client.use([changing]).get("items", options);
    expect(options).toEqual({ headers: { "x-given": "1" }, query: { given: 1 } });
    expect(transport.requests[0]).toMatchObject({
      url: "items?added=1",
      headers: { "x-given": "1", "x-added": "1" },
    });
  });

  it("of a request that was aborted before it started went through no middleware", async () => {
    const { client } = createTestBench();
    const log: string[] = [];
    const response = await client.use([tracer("any", log)]).get("items", { signal: AbortSignal.abort() });
    expect(response).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
    expect(log).toEqual([]);
  });

  it("says aborted when a plugin says so of a failure", async () => {
    const { client } = createTestBench();
    const superseding: ClientPlugin = {
      name: "superseding",
      middleware: () => ({ error: new Error("a newer one came"), aborted: true }),
    };
    expect(await client.use([superseding]).get("items")).toMatchObject({
      aborted: true,
      error: { code: "HTTP_ERROR" },
    });
    const confused: ClientPlugin = { name: "confused", middleware: () => ({ data: 1, aborted: true }) };
    expect(await client.use([confused]).get("items")).toMatchObject({ aborted: false, data: 1 });
  });

  it("needs no more than data, a status or an error from a plugin that answers by itself", async () => {
    const { client } = createTestBench();
    const answering = (name: string, answer: object): ClientPlugin => ({ name, middleware: () => answer });
    const get = (answer: object) => client.use([answering("early", answer)]).get("items");
    expect(await get({ data: 0 })).toMatchObject({ data: 0, status: 200, error: undefined });
    expect(await get({ status: 204 })).toMatchObject({ data: undefined, status: 204, error: undefined });
    expect(await get({ status: 403 })).toMatchObject({
      data: undefined,
      error: { code: "HTTP_ERROR", status: 403 },
    });
    expect(await get({ error: "no" })).toMatchObject({
      data: undefined,
      error: { code: "HTTP_ERROR", body: "no" },
    });
  });
});

describe("a repeatable plugin", () => {
  const retry = (attempts: number): ClientPlugin => ({
    name: "retry",
    repeatable: true,
    async middleware(_, next) {
      let response = await next();
      for (let left = attempts - 1; left > 0 && response.status === 503; left -= 1) response = await next();
      return response;
    },
  });

  it("runs what is inside it once more for each attempt, and what is outside of it once", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 503 }).reply("GET items", { data: "at last" });
    const log: string[] = [];
    const response = await client.use([tracer("outer", log), retry(3), tracer("inner", log)]).get("items");
    expect(response).toMatchObject({ data: "at last", status: 200, error: undefined });
    expect(log).toEqual(["outer in", "inner in", "inner out", "inner in", "inner out", "outer out"]);
    expect(transport.requests).toHaveLength(2);
  });

  it("sends in each attempt what the request holds by then", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST items", { status: 503 });
    let attempt = 0;
    const stamp: ClientPlugin = {
      name: "stamp",
      middleware(context, next) {
        attempt += 1;
        context.request.headers["x-attempt"] = String(attempt);
        context.request.body = { attempt };
        return next();
      },
    };
    await client.use([retry(3), stamp]).post("items", { body: {} });
    expect(transport.requests.map(({ headers }) => headers["x-attempt"])).toEqual(["1", "2", "3"]);
    expect(transport.requests.map(({ body }) => body)).toEqual([
      '{"attempt":1}',
      '{"attempt":2}',
      '{"attempt":3}',
    ]);
  });

  it("ends the request with the failure of its last attempt", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { status: 503, data: "busy" });
    const { error } = await client.use([retry(3)]).get("items");
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 503, body: "busy" });
    expect(transport.requests).toHaveLength(3);
  });
});
