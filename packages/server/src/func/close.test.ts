import { describe, expect, it } from "vitest";
import { silentLogger } from "../testing/silent-logger.ts";
import type { CodeParts } from "./func-environment.ts";
import { hostedFunc, namedPlugin } from "./test-support/hosted-func.ts";

describe("close", () => {
  it("B-63: runs onClose in reverse, tries each, and collects what failed", async () => {
    const notes: string[] = [];
    const closing = (name: string, error?: unknown) =>
      namedPlugin(name, {
        onInvoke: (_, next) => next(),
        async onClose() {
          notes.push(name);
          if (error !== undefined) throw error;
        },
      });
    const func = hostedFunc([closing("a", "a failed"), closing("b"), closing("c", new Error("c failed"))]);
    await func.invoke({});
    const error = await func.close().catch((thrown: unknown) => thrown);
    expect(notes).toEqual(["c", "b", "a"]);
    expect(error).toMatchObject({
      code: "CLOSE_FAILED",
      cause: { errors: [new Error("c failed"), "a failed"] },
    });
    await expect(func.close()).rejects.toBe(error);
    expect(notes).toHaveLength(3);
  });

  it("refuses invokes from then on, and closes nothing that was never mounted", async () => {
    let closed = 0;
    const func = hostedFunc([
      namedPlugin("a", { onInvoke: (_, next) => next(), onClose: () => void (closed += 1) }),
    ]);
    await func.close();
    expect(closed).toBe(0);
    await expect(func.invoke({})).rejects.toMatchObject({ code: "FUNC_CLOSED" });
  });

  it("ends where another host attaches the function: it mounts anew", async () => {
    const notes: string[] = [];
    const func = hostedFunc([
      namedPlugin("a", {
        onMount: (_, next) => (notes.push("mounted"), next()),
        onClose: () => void notes.push("closed"),
      }),
    ]);
    const environment = {
      name: "again",
      logger: silentLogger,
      mountTimeoutMs: 1_000,
      prepare: async (code: CodeParts) => code,
    };
    await func.invoke({});
    expect(() => func.attach(environment)).toThrow(expect.objectContaining({ code: "INVALID_FUNC" }));
    await func.close();
    func.attach(environment);
    func.plugins.push(namedPlugin("b", { onMount: (_, next) => (notes.push("b"), next()) }));
    expect(await func.invoke({})).toBe("handled");
    await func.close();
    expect(notes).toEqual(["mounted", "closed", "mounted", "b", "closed"]);
  });

  it("waits for a mount that is under way, and closes what it mounted", async () => {
    const notes: string[] = [];
    const func = hostedFunc([
      namedPlugin("slow", {
        async onMount(_, next) {
          await new Promise((resolve) => setImmediate(resolve));
          notes.push("mounted");
          await next();
        },
        onClose: () => void notes.push("closed"),
      }),
    ]);
    const mounting = func.mount();
    await func.close();
    await mounting;
    expect(notes).toEqual(["mounted", "closed"]);
  });

  it("is what `await using` does", async () => {
    let closed = false;
    {
      await using func = hostedFunc([
        namedPlugin("a", { onInvoke: (_, next) => next(), onClose: () => void (closed = true) }),
      ]);
      await func.invoke({});
    }
    expect(closed).toBe(true);
  });
});
