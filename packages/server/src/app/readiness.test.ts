import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { defineApi } from "../api/define-api.ts";
import type { Plugin } from "../types.ts";
import { createTestApp, get } from "./test-support/serve.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

it.each<[string, Plugin["isReady"]]>([
  ["says no", () => false],
  ["says no, later", async () => false],
  [
    "throws",
    () => {
      throw new Error("planted");
    },
  ],
  ["says nothing", () => new Promise(() => {})],
])(
  "an app is not ready while a plugin of a mounted function %s, and serves all the same",
  async (_, isReady) => {
    let isMended = false;
    const needs: Plugin = {
      type: "needs",
      name: "needs",
      onInvoke: (_data, next) => next(),
      isReady: () => isMended || isReady!(),
    };
    const plain: Plugin = { type: "plain", name: "plain", onInvoke: (_data, next) => next() };
    const create = () => defineApi({ method: "GET", plugins: [needs, plain], handler: () => "served" });
    // One instance in two functions is one that lacks something.
    const { app } = createTestApp({ routes: { a: create(), b: create() } });
    const ready = async () => {
      const answer = get(app, "/readyz");
      await vi.advanceTimersByTimeAsync(2_000);
      const response = await answer;
      return [response.status, await response.json()];
    };
    expect(await ready()).toEqual([200, { status: "ready", mounted: 0, pending: 2, failed: 0 }]);
    await app.mount();
    const counts = { mounted: 2, pending: 0, failed: 0 };
    expect(await ready()).toEqual([503, { status: "failing", ...counts, unready: 1 }]);
    expect(await (await get(app, "/a")).json()).toBe("served");
    isMended = true;
    expect(await ready()).toEqual([200, { status: "ready", ...counts }]);
  },
);
