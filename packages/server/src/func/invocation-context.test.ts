import { describe, expect, it } from "vitest";
import { silentLogger } from "../testing/silent-logger.ts";
import { Func } from "./func.ts";

const echo = new Func({
  handler: ({ context, requestId }) => ({ ...context, id: context.requestId, requestId }),
});
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

describe("the context of an invoke", () => {
  it("B-62: has the framework's runtime, which neither a caller nor a plugin can spoof", async () => {
    const func = new Func({ runtime: "job", handler: ({ context }) => context.runtime });
    expect(await func.invoke({ context: { runtime: "api" } })).toBe("job");
    const spoofing = new Func({
      plugins: [
        {
          type: "spoof",
          name: "spoof",
          onInvoke(data, next) {
            Reflect.set(data.context, "runtime", "job");
            return next();
          },
        },
      ],
      handler: ({ context }) => context.runtime,
    });
    expect(await spoofing.invoke({})).toBe("api");
  });

  it("B-62: takes the request's id from the context, then from the header, then makes one", async () => {
    const headers = { "x-request-id": "from-header" };
    const ids = await Promise.all([
      echo.invoke({ context: { requestId: "from-context" }, event: { headers } }),
      echo.invoke({ event: { headers } }),
      echo.invoke({}),
    ]);
    expect(ids.map(({ id }) => id)).toEqual(["from-context", "from-header", expect.stringMatching(UUID)]);
    expect(ids.map(({ requestId }) => requestId)).toEqual(ids.map(({ id }) => id));
  });

  it.each(["", "a b", "a\nb", 'a"b', "é", "x".repeat(129), 7, null, ["a"], { toString: () => "a" }])(
    "B-62: does not take %o for an id",
    async (requestId) => {
      const { id } = await echo.invoke({
        context: { requestId },
        event: { headers: { "x-request-id": requestId } as never },
      });
      expect(id).toMatch(UUID);
    },
  );

  it("passes a platform's own fields on, whatever they are called", async () => {
    const given = JSON.parse('{"functionName":"f","constructor":1,"__proto__":{"polluted":true}}') as object;
    const context = await echo.invoke({ context: given });
    expect(context).toMatchObject({ functionName: "f", constructor: 1 });
    expect(context).not.toHaveProperty("polluted");
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("the signal of an invoke", () => {
  it("is the caller's", async () => {
    const controller = new AbortController();
    const func = new Func({
      async handler({ signal }) {
        controller.abort("the client is gone");
        return [signal.aborted, signal.reason];
      },
    });
    expect(await func.invoke({ signal: controller.signal })).toEqual([true, "the client is gone"]);
  });

  it("aborts at the deadline", async () => {
    const func = new Func({
      handler: ({ signal, context }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve(Date.now() >= context.deadline!));
        }),
    });
    expect(await func.invoke({ context: { deadline: Date.now() + 5 } })).toBe(true);
  });

  it("is one object, and never aborts by itself", async () => {
    const func = new Func({ handler: (data) => [data.signal === data.signal, data.signal.aborted] });
    expect(await func.invoke({ logger: silentLogger })).toEqual([true, false]);
  });
});
