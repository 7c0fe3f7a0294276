import { defineApi, Func, HttpError, type InvokeData, type Next, type Plugin } from "@x/server";
import { testApi } from "@x/server/testing";
import { describe, expect, it } from "vitest";

class TestPlugin implements Plugin {
  public readonly type = "test";
  public readonly name = "test";

  public async onInvoke(data: InvokeData, next: Next) {
    data.injected = "value";
    await next();
  }
}

describe("TestPlugin", () => {
  it("injects fields into handler data", async () => {
    const func = new Func({
      plugins: [new TestPlugin()],
      handler: ({ injected }) => ({ injected }),
    });

    const result = await func.invoke({});

    expect(result.injected).toBe("value");
  });

  it("wraps handler execution", async () => {
    const callOrder: string[] = [];

    class WrapPlugin implements Plugin {
      public readonly type = "wrap";
      public readonly name = "wrap";

      public async onInvoke(_data: InvokeData, next: Next) {
        callOrder.push("before");
        await next();
        callOrder.push("after");
      }
    }

    const func = new Func({
      plugins: [new WrapPlugin()],
      handler: () => {
        callOrder.push("handler");
        return {};
      },
    });

    await func.invoke({});

    expect(callOrder).toEqual(["before", "handler", "after"]);
  });
});

const api = defineApi({
  handler({ current_user }) {
    if (!current_user) throw new HttpError({ statusCode: 401, message: "Not authenticated" });
    return current_user;
  },
});

describe("create with auth plugin", () => {
  const handler = testApi(api);

  it("returns 401 when no user", async () => {
    const response = await handler({ title: "test" });

    expect(response.statusCode).toBe(401);
  });
});
