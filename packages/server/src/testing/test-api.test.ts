import { describe, expect, it } from "vitest";
import { defineApi } from "../api/define-api.ts";
import { Func } from "../func/func.ts";
import { createTestProject } from "./create-test-project.ts";
import { createRecordingLogger } from "./recording-logger.ts";
import { testApi } from "./test-api.ts";

const echo = defineApi({
  method: ["POST", "GET"],
  handler: ({ event, params, cookie, context }) => ({
    method: event.method,
    path: event.path,
    params,
    cookie: cookie.get("theme"),
    header: event.headers["x-test"],
    requestId: context.requestId,
  }),
});

describe("testApi", () => {
  it("sends params, headers, cookies and a context, and gives the response as a client gets it", async () => {
    const response = await testApi(echo)(
      { a: [1] },
      {
        path: "/echo",
        headers: { "X-Test": "yes", cookie: "other=1" },
        cookie: { theme: "dark; no" },
        context: { requestId: "r-1" },
      },
    );
    expect(response).toMatchObject({
      statusCode: 200,
      headers: { "content-type": expect.stringContaining("application/json") },
      data: {
        method: "POST",
        path: "/echo",
        params: { a: [1] },
        cookie: "dark; no",
        header: "yes",
        requestId: "r-1",
      },
      error: undefined,
    });
  });

  it("sends the params of a GET as its query", async () => {
    const handler = testApi(echo);
    expect((await handler({ page: 2 }, { method: "get" })).data).toMatchObject({ params: { page: "2" } });
    expect((await handler(undefined, { method: "GET", query: { page: "3" } })).data).toMatchObject({
      params: { page: "3" },
    });
  });

  it("S11: answers with status, headers, data and error", async () => {
    const failing = testApi(
      defineApi({
        handler() {
          throw new Error("inner secret");
        },
      }),
    );
    const response = await failing();
    expect(Object.keys(response).toSorted()).toEqual(["data", "error", "headers", "statusCode"]);
    expect(response).toMatchObject({ statusCode: 500, data: undefined, error: { id: expect.any(String) } });
    expect(JSON.stringify(response)).not.toContain("inner secret");
  });

  it("logs where it is told to, under the id that the client reads", async () => {
    const { logger, lines } = createRecordingLogger();
    const failing = defineApi({
      handler() {
        throw new Error("broken");
      },
    });
    const { error } = await testApi(failing, { logger })();
    expect(lines).toMatchObject([{ level: "error", message: "broken", fields: { requestId: error?.id } }]);
  });

  it("takes a plain function, which it puts behind HTTP", async () => {
    expect((await testApi(new Func({ handler: ({ params }) => params }))({ a: 1 })).data).toEqual({ a: 1 });
  });

  it("aborts data.signal when the client leaves", async () => {
    const controller = new AbortController();
    const handler = testApi(
      defineApi({
        handler: ({ signal }) => {
          controller.abort();
          return signal.aborted;
        },
      }),
    );
    expect((await handler({}, { signal: controller.signal })).data).toBe(true);
  });

  it("takes configuration that wins over the API's own, and changes nothing of that", async () => {
    const api = defineApi({
      config: { plugins: { http: { config: { maxBodyBytes: 10, etag: true } } } },
      handler: ({ config }) => ({ ...config.plugins?.["http"]?.config }),
    });
    const handler = testApi(api, { config: { plugins: { http: { config: { maxBodyBytes: 99 } } } } });
    expect((await handler({ a: "more than ten" })).data).toMatchObject({ maxBodyBytes: 99, etag: true });
    expect(api.config.plugins?.["http"]?.config).toEqual({ maxBodyBytes: 10, etag: true });
  });

  it("reads the YAML of the API's folder from the topmost file down", async () => {
    await using project = await createTestProject({
      "faas.yaml": "defaults: { plugins: { http: { config: { maxBodyBytes: 5, etag: true } } } }",
      "admin/faas.yaml": "testing: { plugins: { http: { config: { maxBodyBytes: ${MAX} } } } }",
    });
    const api = defineApi({ handler: ({ params }) => params });
    const handler = testApi(api, { file: project.path("admin/list.api.ts"), env: { MAX: "7" } });
    await expect(handler({})).rejects.toMatchObject({ code: "INVALID_CONFIG" });
  });
});

describe("createTestProject", () => {
  it("writes nothing outside of its folder", async () => {
    await expect(createTestProject({ "../outside.txt": "" })).rejects.toBeInstanceOf(RangeError);
  });
});
