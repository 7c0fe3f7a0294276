import { defineApi, Func, type InvokeData, type Next, type Plugin } from "@x/server";
import { createRecordingLogger, testApi } from "@x/server/testing";
import { describe, expect, it } from "vitest";

class TracePlugin implements Plugin {
  public readonly type = "@/plugins/trace";
  public readonly name = "trace";

  public async onInvoke(data: InvokeData, next: Next) {
    const start = Date.now();
    await next();
    data.logger.debug("request took %dms", Date.now() - start);
  }
}

class SharedPlugin implements Plugin {
  public readonly type = "shared";
  public readonly name = "shared";

  public async onInvoke(data: InvokeData, next: Next) {
    data.context.sharedLoaded = true;
    await next();
  }
}

describe("a plugin in code", () => {
  it("is given to Func", async () => {
    const func = new Func({
      plugins: [new TracePlugin()],

      async handler({ context }) {
        return { ok: true };
      },
    });
    const { logger, lines } = createRecordingLogger();
    expect(await func.invoke({ logger })).toEqual({ ok: true });
    expect(lines).toMatchObject([
      { level: "debug", message: "request took %dms", fields: { plugin: "trace" } },
    ]);
  });

  it("is put before the handler of an API", async () => {
    const api = defineApi({
      async handler({ context }) {
        return { loaded: context.sharedLoaded };
      },
    });
    api.plugins.unshift(new SharedPlugin());
    expect((await testApi(api)()).data).toEqual({ loaded: true });
  });

  it("is not deduplicated: a second one of its name is an error at mount", async () => {
    const func = new Func({ plugins: [new TracePlugin(), new TracePlugin()], handler: () => {} });
    await expect(func.mount()).rejects.toMatchObject({ code: "DUPLICATE_PLUGIN", plugins: ["trace"] });
  });
});
