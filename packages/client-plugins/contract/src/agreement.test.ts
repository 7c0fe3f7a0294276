import { isClientError, type ClientPlugin } from "@x/client";
import { createQueue } from "@x/client/queue";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it, vi } from "vitest";
import { contract, isContractSkew } from "./index.ts";
import { endpoint, object } from "./test-support/endpoint.ts";
import { changedTo, knowing, withContract } from "./test-support/with-contract.ts";

const BUILT = endpoint("built", {
  input: object({ sku: "string" }),
  output: object({ id: "number", lines: { array: object({ sku: "string" }) } }),
});
const GROWN = endpoint("grown", {
  input: object({ sku: "string", note: { optional: "string" } }),
  output: object({
    id: "number",
    total: "number",
    lines: { array: object({ sku: "string", left: "number" }) },
  }),
  errors: { OUT_OF_STOCK: "unknown" },
});
const BROKEN = endpoint("broken", {
  input: object({ sku: "string" }),
  output: object({ id: "number", lines: { array: object({}) } }),
});

const hashes = (requests: readonly { headers: Readonly<Record<string, string>> }[]) =>
  requests.map(({ headers }) => headers["api-contract"]);

describe("a server that has the client's contract", () => {
  it("is told of it by a header, of each API that the client knows, and the shapes are never loaded", async () => {
    const { client, transport, known } = withContract(BUILT);
    transport.reply("GET users", { data: [] });
    await client.get("orders");
    await client.post("orders");
    await client.get("users");
    expect(hashes(transport.requests)).toEqual(["built", "built", undefined]);
    expect(known.loaded).toBe(0);
  });
});

describe("a server that has more than the client knows", () => {
  it("is sent the request again, with its own hash, and runs it once", async () => {
    const { client, transport, server } = withContract(BUILT);
    server.change(GROWN);
    const { data, error } = await client.post("orders", { body: { sku: "tea" } });
    expect({ data, error }).toEqual({ data: "done", error: undefined });
    expect(server.ran).toHaveLength(1);
    expect(hashes(transport.requests)).toEqual(["built", "grown"]);
    expect(transport.requests.map(({ body }) => body)).toEqual(['{"sku":"tea"}', '{"sku":"tea"}']);
  });

  it("is sent that hash from then on, for that API alone", async () => {
    const { client, transport, server } = withContract(BUILT);
    server.change(GROWN);
    await client.post("orders");
    await client.post("orders");
    server.change(BUILT);
    await client.get("orders");
    expect(hashes(transport.requests)).toEqual(["built", "grown", "grown", "built"]);
  });

  it("may change again", async () => {
    const { client, server } = withContract(BUILT);
    server.change(GROWN);
    await client.post("orders");
    server.change(BROKEN);
    expect((await client.post("orders")).error?.code).toBe("CONTRACT_SKEW");
    server.change(BUILT);
    expect((await client.post("orders")).data).toBe("done");
  });

  it("may answer in turns with the one that it replaces, and is asked no more than five times", async () => {
    const { client, transport } = createTestBench();
    const inTurns = [GROWN, BUILT];
    transport.reply("POST orders", () => changedTo(inTurns[transport.requests.length % 2]!));
    const response = await client.use([contract(knowing(BUILT))]).post("orders");
    expect(transport.requests).toHaveLength(5);
    expect(response).toMatchObject({ status: 412, error: { code: "HTTP_ERROR" } });
  });

  it("is not sent a stream twice, and has the next one", async () => {
    const { client, server, transport } = withContract(BUILT);
    server.change(GROWN);
    const send = () => client.post("orders", { body: new Blob(["tea"]).stream() });
    expect((await send()).status).toBe(412);
    expect((await send()).data).toBe("done");
    expect(hashes(transport.requests)).toEqual(["built", "grown"]);
  });

  it("is agreed with by each client for itself", async () => {
    const first = withContract(BUILT);
    first.server.change(GROWN);
    await first.client.post("orders");
    const second = first.client.use([]);
    await second.post("orders");
    expect(hashes(first.transport.requests)).toEqual(["built", "grown", "built", "grown"]);
  });
});

describe("a server that the client's types do not fit any more", () => {
  it("fails the request before anything has run, and says what has changed", async () => {
    const { client, server, transport } = withContract(BUILT);
    server.change(BROKEN);
    const { error, status } = await client.post("orders", { body: { sku: "tea" } });
    expect(status).toBe(412);
    expect(error).toMatchObject({ code: "CONTRACT_SKEW", status: 412, plugin: "contract" });
    expect(isContractSkew(error) && error.data).toEqual([
      { side: "output", field: "lines[].sku", problem: "removed" },
    ]);
    expect(error?.message).toContain("lines[].sku");
    expect(server.ran).toEqual([]);
    expect(transport.requests).toHaveLength(1);
  });

  it("fails it as a client error that is not stored, and changes nothing in the state", async () => {
    const { client, server } = withContract(BUILT);
    await client.get("orders");
    server.change(BROKEN);
    const { error } = await client.get("orders");
    expect(isClientError(error)).toBe(true);
    expect(client.stateManager.getCache("GET orders")).toMatchObject({ state: { data: "done" } });
  });

  it("fails the task of a queue, too", async () => {
    const { client, server } = withContract(BUILT);
    server.change(BROKEN);
    const { error } = await createQueue(client, "orders").add({ body: {} }).done;
    expect(error?.code).toBe("CONTRACT_SKEW");
  });

  it("is told where what the client was built for cannot be loaded any more, with the cause", async () => {
    const cause = new TypeError("Failed to fetch dynamically imported module");
    const { client, transport } = createTestBench();
    transport.reply("POST orders", changedTo(GROWN));
    const known = { hashes: { "orders POST": "built" }, shapes: () => Promise.reject(cause) };
    const { error } = await client.use([contract(known)]).post("orders");
    expect(error).toMatchObject({ code: "CONTRACT_SKEW", data: [], cause });
  });

  it.each([{}, { orders: {} }, { orders: { POST: {} } }])(
    "is told where %j is all that the client was built for",
    async (shapes) => {
      const { client, transport } = createTestBench();
      transport.reply("POST orders", changedTo(GROWN));
      const known = {
        hashes: { "orders POST": "built" },
        shapes: () => Promise.resolve({ default: shapes }),
      };
      const { error } = await client.use([contract(known)]).post("orders");
      expect(error).toMatchObject({ code: "CONTRACT_SKEW", data: [] });
    },
  );
});

describe("B-23 an abort", () => {
  it("ends the wait for the shapes at once", async () => {
    const { client, transport } = createTestBench();
    transport.reply("POST orders", changedTo(GROWN));
    const shapes = vi.fn<() => Promise<never>>(() => new Promise(() => {}));
    const controller = new AbortController();
    const pending = client
      .use([contract({ hashes: { "orders POST": "built" }, shapes })])
      .post("orders", { signal: controller.signal });
    await vi.waitFor(() => expect(shapes).toHaveBeenCalled());
    controller.abort();
    expect(await pending).toMatchObject({ aborted: true, error: { code: "ABORTED" } });
  });
});

describe("other answers with the status 412", () => {
  it.each([undefined, null, "no", { code: "STALE" }, { code: "CONTRACT_CHANGED" }, { contract: BUILT }])(
    "are what they say: %j",
    async (data) => {
      const { client, transport } = createTestBench();
      const known = knowing(BUILT);
      transport.reply("POST orders", { status: 412, data });
      const response = await client.use([contract(known)]).post("orders");
      expect(response).toMatchObject({ status: 412, error: { code: "HTTP_ERROR" } });
      expect(response.error?.body).toBe(data);
      expect(transport.requests).toHaveLength(1);
      expect(known.loaded).toBe(0);
    },
  );
});

it("leaves the plugins around it one response, whatever it took to get it", async () => {
  const seen: unknown[] = [];
  const watching: ClientPlugin = {
    name: "test:watching",
    async middleware(_context, next) {
      const response = await next();
      seen.push(response.status);
      return response;
    },
    afterResponse: (_context, { status }) => void seen.push(status),
  };
  const { client, server } = withContract(BUILT, [watching]);
  server.change(GROWN);
  await client.post("orders");
  expect(seen).toEqual([200, 200]);
});
