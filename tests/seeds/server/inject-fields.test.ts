import { defineApi, Func, HttpError, type InvokeData, type Next, type Plugin } from "@x/server";
import { testApi } from "@x/server/testing";
import { describe, expect, expectTypeOf, it } from "vitest";
import { resolveUser } from "./inject.ts";

class InjectPlugin implements Plugin {
  readonly type = "inject";
  readonly name = "inject";

  public async onInvoke(data: InvokeData, next: Next) {
    data.current_user = await resolveUser(data.event.headers?.authorization);
    data.requestId = crypto.randomUUID();
    await next();
  }
}

class ApiOnlyPlugin implements Plugin {
  readonly type = "api-only";
  readonly name = "api-only";

  public async onInvoke(data: InvokeData, next: Next) {
    if (data.context.runtime && data.context.runtime !== "api") {
      await next();
      return;
    }

    data.current_user = await resolveUser(data.event.headers?.authorization);
    await next();
  }
}

const api = (plugin: Plugin) =>
  defineApi({
    plugins: [plugin],
    async handler({ current_user }) {
      // current_user is typed as { id: number; name: string; roles: string[] } | undefined | null
      expectTypeOf(current_user).toEqualTypeOf<
        { id: number; name: string; roles: string[] } | undefined | null
      >();
      if (!current_user) throw new HttpError({ statusCode: 401, message: "Not authenticated" });

      return { user: current_user };
    },
  });

describe("fields on data", () => {
  it("reach the handler, typed by module augmentation", async () => {
    const handler = testApi(api(new InjectPlugin()));
    const response = await handler({}, { headers: { authorization: "Ada" } });
    expect(response.data).toEqual({ user: { id: 1, name: "Ada", roles: [] } });
  });

  it("are checked by the handler, which answers 401 with its message", async () => {
    const response = await testApi(api(new InjectPlugin()))();
    expect(response).toMatchObject({ statusCode: 401, error: { message: "Not authenticated" } });
  });

  it("may replace the request's id", async () => {
    const func = new Func({
      plugins: [new InjectPlugin()],
      handler: ({ requestId, context }) => [requestId, context.requestId],
    });
    const [own, framework] = await func.invoke({ event: { headers: {} }, context: { requestId: "r-1" } });
    expect(own).toMatch(/^[\da-f-]{36}$/);
    expect(framework).toBe("r-1");
  });
});

describe("a plugin for one runtime", () => {
  const handler = ({ current_user }: InvokeData) => current_user;
  const event = { headers: { authorization: "Ada" } };

  it("works in an API and skips cleanly in a job", async () => {
    const plugins = [new ApiOnlyPlugin()];
    expect(await new Func({ plugins, handler }).invoke({ event })).toMatchObject({ name: "Ada" });
    expect(await new Func({ plugins, handler, runtime: "job" }).invoke({ event })).toBeUndefined();
  });
});
