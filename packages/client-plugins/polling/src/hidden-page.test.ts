import { flushMicrotasks } from "@x/client/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { counting } from "./test-support/counting.ts";

afterEach(() => void vi.unstubAllGlobals());

/** What stands for a page: somebody sees it or not. */
function createPage() {
  const listeners = new Set<() => void>();
  let visible = true;
  return {
    listeners,
    isVisible: () => visible,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show(next: boolean) {
      visible = next;
      for (const listener of listeners) listener();
    },
  };
}

describe("a hidden page", () => {
  it("B-40: pauses polling; what fell due is sent when it is shown", async () => {
    const page = createPage();
    const { observe, clock, askedAt } = counting({ refetchInterval: 1_000, visibility: page });
    observe();
    await clock.advance(1_000);
    page.show(false);
    await clock.advance(10_000);
    expect([askedAt, clock.scheduled]).toEqual([[0, 1_000], 0]);
    page.show(true);
    await clock.advance(1_000);
    expect(askedAt).toEqual([0, 1_000, 11_000, 12_000]);
    expect(page.listeners.size).toBe(0);
  });

  it("that is shown again before the interval is over changes nothing", async () => {
    const page = createPage();
    const { observe, clock, askedAt } = counting({ refetchInterval: 1_000, visibility: page });
    observe();
    page.show(false);
    await clock.advance(500);
    page.show(true);
    await clock.advance(500);
    expect(askedAt).toEqual([0, 1_000]);
  });

  it("is polled in the background when that is asked for", async () => {
    const page = createPage();
    const { observe, clock, askedAt } = counting({ refetchInterval: 1_000, visibility: page });
    observe({ refetchIntervalInBackground: true });
    page.show(false);
    await clock.advance(2_000);
    expect(askedAt).toEqual([0, 1_000, 2_000]);
  });

  it("keeps no listener of an observer that is gone", async () => {
    const page = createPage();
    const { observe, clock, askedAt } = counting({ refetchInterval: 1_000, visibility: page });
    const observer = observe();
    page.show(false);
    await clock.advance(5_000);
    expect(page.listeners.size).toBe(1);
    observer.unmount();
    expect(page.listeners.size).toBe(0);
    page.show(true);
    await clock.advance(5_000);
    expect(askedAt).toEqual([0]);
  });

  it("is the document, where there is one", async () => {
    const document = Object.assign(new EventTarget(), { visibilityState: "hidden" });
    vi.stubGlobal("document", document);
    const { observe, clock, askedAt } = counting({ refetchInterval: 1_000 });
    const observer = observe();
    await clock.advance(5_000);
    expect(askedAt).toEqual([0]);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(askedAt).toEqual([0]);
    document.visibilityState = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
    await flushMicrotasks();
    expect(askedAt).toEqual([0, 5_000]);
    observer.unmount();
  });
});
