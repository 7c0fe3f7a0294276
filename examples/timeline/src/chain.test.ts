import type { StepEndEvent } from "@x/pipeline";
import { expect, it } from "vitest";
import { createChain, type Request } from "./chain.ts";
import { formatTimeline } from "./format-timeline.ts";

const noHandler = () => ({ status: 404, body: "no handler" });

function start() {
  let events: StepEndEvent<Request>[] = [];
  const run = createChain((event) => events.push(event));
  return async (path: string, user?: string) => {
    events = [];
    const request: Request = { path, user };
    const response = await run(request, noHandler);
    const outcomes = events
      .toSorted((a, b) => a.position - b.position)
      .map(({ name, outcome }) => `${name} ${outcome}`);
    return { status: response.status, outcomes, timeline: formatTimeline(events), request };
  };
}

it("goes through every plugin, then answers the same path from the cache", async () => {
  const send = start();
  expect(await send("/orders", "ada")).toMatchObject({
    status: 200,
    outcomes: ["timing returned", "errors returned", "auth returned", "cache returned", "handler early"],
  });
  expect(await send("/orders", "grace")).toMatchObject({
    status: 200,
    outcomes: ["timing returned", "errors returned", "auth returned", "cache early"],
  });
});

it("stops at auth when nobody is logged in", async () => {
  expect(await start()("/orders")).toMatchObject({
    status: 401,
    outcomes: ["timing returned", "errors returned", "auth early"],
  });
});

it("turns what the handler throws into an answer, and measures the time all the same", async () => {
  const { status, outcomes, request, timeline } = await start()("/broken", "ada");
  expect({ status, outcomes }).toEqual({
    status: 500,
    outcomes: ["timing returned", "errors returned", "auth threw", "cache threw", "handler threw"],
  });
  expect(request.durationMs).toBeGreaterThan(0);
  expect(timeline.split("\n")[4]).toContain("threw Error: The shelf is empty");
});
