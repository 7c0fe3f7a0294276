import { Func, type InvokeData, type Next, type Plugin } from "@x/server";
import { createRecordingLogger, silentLogger } from "@x/server/testing";
import { describe, expect, it } from "vitest";

class RightPlugin implements Plugin {
  readonly type = "right";
  readonly name = "right";

  // Correct: call next() exactly once
  public async onInvoke(data: InvokeData, next: Next) {
    data.logger.debug("before");
    await next();
    data.logger.debug("after");
  }
}

class WrongPlugin implements Plugin {
  readonly type = "wrong";
  readonly name = "wrong";

  // Incorrect: this will throw
  public async onInvoke(data: InvokeData, next: Next) {
    await next();
    await next(); // Rejects: "next() called multiple times"
  }
}

describe("next()", () => {
  it("is called exactly once, with code before and after it", async () => {
    const { logger, lines } = createRecordingLogger();
    const func = new Func({
      plugins: [new RightPlugin()],
      handler: ({ logger: own }) => own.debug("handler"),
    });
    await func.invoke({ logger });
    expect(lines.map(({ message }) => message)).toEqual(["before", "handler", "after"]);
  });

  it("rejects when it is called again in one hook", async () => {
    const func = new Func({ plugins: [new WrongPlugin()], handler: () => {} });
    await expect(func.invoke({ logger: silentLogger })).rejects.toThrow(/^next\(\) called multiple times/);
  });
});
