import { observeSteps } from "@x/pipeline";
import { expect, it } from "vitest";
import { silentLogger } from "../testing/silent-logger.ts";
import type { Plugin } from "../types.ts";
import { Func } from "./func.ts";
import type { InvokeStepContext } from "./func-environment.ts";

it("tells an observer every plugin's step and the handler's, with the data of the invoke", async () => {
  const seen: unknown[] = [];
  const pass: Plugin = { type: "pass", name: "pass", onInvoke: (_, next) => next() };
  const early: Plugin = {
    type: "early",
    name: "early",
    onInvoke: (data, next) => (data.event.path === "/cached" ? undefined : next()),
  };
  const func = new Func({ plugins: [pass, early], handler: () => "handled" });
  func.attach({
    name: "orders",
    logger: silentLogger,
    mountTimeoutMs: 1_000,
    prepare: async (code) => code,
    instrument: (steps) =>
      observeSteps<InvokeStepContext, void>(steps, {
        onStepEnd: ({ name, hook, outcome, context }) =>
          seen.push([context.data.requestId, name, hook, outcome]),
      }),
  });
  expect(await func.invoke({ context: { requestId: "r-1" } })).toBe("handled");
  await func.invoke({ context: { requestId: "r-2" }, event: { path: "/cached" } });
  expect(seen).toEqual([
    ["r-1", "handler", "handler", "early"],
    ["r-1", "early", "onInvoke", "returned"],
    ["r-1", "pass", "onInvoke", "returned"],
    ["r-2", "early", "onInvoke", "early"],
    ["r-2", "pass", "onInvoke", "returned"],
  ]);
});
