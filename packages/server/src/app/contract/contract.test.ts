import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { HttpPlugin } from "../../http/http-plugin.ts";
import type { Plugin } from "../../types.ts";
import { apiFile, createProject } from "../test-support/create-project.ts";
import { createTestApp, get, serve } from "../test-support/serve.ts";
import type { AppContract } from "./app-contract.ts";

const entry = (hash: string) => ({ hash, input: { object: {} }, output: "number" as unknown, errors: {} });
const CONTRACT: AppContract = {
  "orders/create": { POST: entry("new") },
  "orders/list": { GET: entry("list") },
};

/** An app of two APIs that note what of them runs. */
function create(contract: AppContract | false | undefined, cors?: object) {
  const ran: string[] = [];
  const spy: Plugin = {
    type: "spy",
    name: "spy",
    onInvoke(_data, next) {
      ran.push("plugin");
      return next();
    },
  };
  const handler = () => ran.push("handler");
  const plugins = [spy, new HttpPlugin({ config: { ...(cors && { cors }) } })];
  const options = {
    contract,
    routes: {
      "orders/create": defineApi({ method: ["POST", "PUT"], plugins, handler }),
      "orders/list": defineApi({ method: "GET", handler }),
    },
  };
  const { app, lines } = createTestApp(options);
  const post = (hash?: string, init: RequestInit = {}) =>
    get(app, "/orders/create", {
      method: "POST",
      ...init,
      headers: { ...(hash !== undefined && { "api-contract": hash }), ...init.headers },
    });
  return { app, post, ran, lines, options };
}

describe("a request that was made by another contract", () => {
  it("is answered 412 with the API's own, before a plugin or the handler runs", async () => {
    const { post, ran, lines } = create(CONTRACT);
    const response = await post("old");
    expect(response.status).toBe(412);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Precondition Failed",
      status: 412,
      detail: expect.any(String),
      code: "CONTRACT_CHANGED",
      contract: entry("new"),
    });
    expect(response.headers.has("api-error")).toBe(false);
    expect([ran, lines]).toEqual([[], []]);
  });

  it("is told the entry as it stands there, whatever else it holds", async () => {
    const own = { ...entry("new"), defs: { 1: "string" } };
    const { post } = create({ "orders/create": { POST: own } });
    expect(await (await post("old")).json()).toMatchObject({ contract: own });
  });

  it("is told so to a page of a listed origin, too", async () => {
    const { post } = create(CONTRACT, { origins: ["https://app.example.com"] });
    const { status, headers } = await post("old", { headers: { origin: "https://app.example.com" } });
    expect(status).toBe(412);
    expect(headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  });

  it("is told so whatever body it has, which nobody reads", async () => {
    const { server } = await serve(create(CONTRACT).options);
    const headers = { "api-contract": "old", "content-type": "application/json" };
    const body = "x".repeat(3_000_000);
    const response = await fetch(`${server.url}/orders/create`, { method: "POST", headers, body });
    expect(response.status).toBe(412);
    await response.text();
  });
});

describe("a request is answered as ever", () => {
  it("when it was made by the same contract, or does not say by which", async () => {
    const { post } = create(CONTRACT);
    expect((await post("new")).status).toBe(200);
    expect((await post()).status).toBe(200);
  });

  it("when the contract knows nothing of the method, or of the API", async () => {
    expect((await create(CONTRACT).post("old", { method: "PUT" })).status).toBe(200);
    expect((await create({}).post("old")).status).toBe(200);
    // Names that every object has are no methods of an API.
    expect((await create({ "orders/create": {} }).post("old")).status).toBe(200);
  });

  it("when the app has no contract, or wants none", async () => {
    expect((await create(undefined).post("old")).status).toBe(200);
    expect((await create(false).post("old")).status).toBe(200);
  });

  it("when the method or the path is none: 405, 404, 204", async () => {
    const { app, post } = create(CONTRACT);
    const headers = { "api-contract": "old" };
    expect((await post("old", { method: "DELETE" })).status).toBe(405);
    expect((await post("old", { method: "OPTIONS" })).status).toBe(204);
    expect((await get(app, "/orders/none", { headers })).status).toBe(404);
  });
});

it("compares HEAD with the contract of GET", async () => {
  const { app } = create(CONTRACT);
  const head = (hash: string) =>
    get(app, "/orders/list", { method: "HEAD", headers: { "api-contract": hash } });
  expect([(await head("old")).status, (await head("list")).status]).toEqual([412, 200]);
});

describe("contract.json of the root", () => {
  const text = (hash: string) =>
    JSON.stringify({
      "": { GET: entry(hash) },
      orders: { POST: entry(hash) },
      "orders/list": { GET: entry(hash) },
    });
  const files = {
    "contract.json": text("new"),
    "index.api.js": apiFile("() => 0"),
    "orders/index.api.js": apiFile("() => 1"),
    "orders/list.api.js": apiFile("() => 2"),
    "default.api.js": apiFile("() => 3"),
  };
  const headers = { "api-contract": "old" };

  it("counts by itself, for a folder's index and the root's as well, and for no fallback", async () => {
    const { root } = await createProject(files);
    const { app } = createTestApp({ root });
    const statusOf = async (path: string, method = "GET") =>
      (await get(app, path, { method, headers })).status;
    expect(await statusOf("/orders/list")).toBe(412);
    expect(await statusOf("/orders", "POST")).toBe(412);
    expect(await statusOf("/orders/index", "POST")).toBe(412);
    expect(await statusOf("/")).toBe(412);
    expect(await statusOf("/nothing/else")).toBe(200);
    const without = createTestApp({ root, contract: false });
    expect((await get(without.app, "/orders/list", { headers })).status).toBe(200);
  });

  it("is read again by a reload, which leaves the functions alone", async () => {
    const { root, write, remove } = await createProject(files);
    const { app } = createTestApp({ root, development: true });
    const ask = () => get(app, "/orders/list", { headers });
    expect((await ask()).status).toBe(412);
    const func = await app.load("/orders/list");
    await app.reload([await write("contract.json", text("old"))]);
    expect((await ask()).status).toBe(200);
    expect(await app.load("/orders/list")).toBe(func);
    await write("contract.json", text("newer"));
    await app.reload();
    expect((await ask()).status).toBe(412);
    await remove("contract.json");
    await app.reload(["contract.json"]);
    expect((await ask()).status).toBe(200);
  });

  it.each(["{", "[]", '{ "orders/list": 1 }', '{ "orders/list": { "GET": { "hash": "x" } } }'])(
    "is refused where it is none: %s",
    async (broken) => {
      const { root, write } = await createProject({ ...files, "contract.json": broken });
      const { app } = createTestApp({ root });
      await expect(app.routes()).rejects.toMatchObject({
        code: "INVALID_CONTRACT",
        message: expect.stringContaining("contract.json"),
      });
      await write("contract.json", text("new"));
      await app.reload();
      expect((await get(app, "/orders/list", { headers })).status).toBe(412);
    },
  );

  it("gives way to what code says", async () => {
    const { root } = await createProject({ ...files, "contract.json": "{" });
    const { app } = createTestApp({ root, contract: { "orders/list": { GET: entry("old") } } });
    expect((await get(app, "/orders/list", { headers })).status).toBe(200);
  });
});

it.each([
  null,
  1,
  true,
  [],
  { a: null },
  { a: { GET: "hash" } },
  { a: { GET: { ...entry("x"), hash: "" } } },
  { a: { GET: { ...entry("x"), errors: null } } },
  { a: { GET: { ...entry("x"), input: undefined } } },
])("refuses a contract that is none where it is given: %j", (contract) => {
  expect(() => createTestApp({ routes: {}, contract: contract as never })).toThrow(
    expect.objectContaining({ code: "INVALID_CONTRACT" }),
  );
});
