import { describe, expect, it, onTestFinished, vi } from "vitest";
import { defineApi } from "../api/define-api.ts";
import { createTestApp, get, serve } from "./test-support/serve.ts";

const NOW = Date.UTC(2026, 0, 1);

function stopClock(): void {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
}

const api = () => defineApi({ method: "GET", handler: ({ context }) => ({ deadline: context.deadline }) });

describe("the deadline of a request", () => {
  it("is when the app's time limit is over", async () => {
    stopClock();
    const { app, server } = await serve({ requestTimeoutMs: 5_000, routes: { api: api() } });
    const expected = { deadline: NOW + 5_000 };
    expect(await (await get(app, "/api")).json()).toEqual(expected);
    expect(await (await fetch(`${server.url}/api`)).json()).toEqual(expected);
  });

  it("counts from when the request came, also where it waits for the mount", async () => {
    stopClock();
    const slow = defineApi({
      method: "GET",
      plugins: [
        {
          type: "slow",
          name: "slow",
          async onMount(_data, next) {
            vi.setSystemTime(NOW + 1_000);
            await next();
          },
        },
      ],
      handler: ({ context }) => context.deadline,
    });
    const { app } = createTestApp({ requestTimeoutMs: 5_000, routes: { slow } });
    expect(await (await get(app, "/slow")).json()).toBe(NOW + 5_000);
  });

  it("is a minute away where nothing else is said, and none where there is no limit", async () => {
    stopClock();
    const { app } = createTestApp({ routes: { api: api() } });
    expect(await (await get(app, "/api")).json()).toEqual({ deadline: NOW + 60_000 });
    const endless = createTestApp({ requestTimeoutMs: 0, routes: { api: api() } });
    expect(await (await get(endless.app, "/api")).json()).toEqual({});
  });
});
