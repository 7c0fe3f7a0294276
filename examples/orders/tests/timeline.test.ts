import { createClient, inProcessTransport } from "@x/client";
import { cache } from "@x/client-cache";
import { devtools } from "@x/client-devtools";
import { createApp, defineApi, HttpError, type Plugin } from "@x/server";
import { silentLogger } from "@x/server/testing";
import { afterAll, expect, it } from "vitest";
import { StepsPlugin } from "../api/plugins/steps.ts";
import { createTimelineLog } from "../page/src/timeline/create-timeline-log.ts";
import { formatTimeline } from "../page/src/timeline/format-timeline.ts";
import { noteSteps } from "../server/note-steps.ts";

const guard: Plugin = {
  type: "guard",
  name: "guard",
  onInvoke(data, next) {
    data.current_user = { id: "1", roles: ["manager"], claims: {} };
    return next();
  },
};
const plugins = [new StepsPlugin({ type: "steps", name: "steps", config: { roles: ["manager"] } }), guard];
const app = createApp({
  logger: silentLogger,
  instrument: noteSteps,
  routes: {
    fine: defineApi({ method: "GET", plugins, handler: () => "fine" }),
    refused: defineApi({
      method: "GET",
      plugins,
      handler: () => {
        throw new HttpError({ statusCode: 409 });
      },
    }),
  },
});
afterAll(() => app.close());

function start(answer = app.fetch as (request: Request) => Promise<Response>) {
  const client = createClient({ transport: inProcessTransport(answer) }).use([
    cache(),
    devtools({ showHeaders: ["server-timing"] }),
  ]);
  const log = createTimelineLog(client);
  return { client, latest: () => log.getSnapshot()[0]!, log };
}

const outcomes = ({ bars }: ReturnType<ReturnType<typeof start>["latest"]>) =>
  bars.map(({ side, name, outcome }) => `${side} ${name} ${outcome}`);

it("shows the steps of both ends, outermost first, the server's within the time of the fetch", async () => {
  const { client, latest } = start();
  await client.get("fine");
  const timeline = latest();
  expect(outcomes(timeline)).toEqual([
    "client cache returned",
    "client fetch sent",
    "server guard returned",
    "server handler handled",
  ]);
  const [, fetched, guarded] = timeline.bars;
  expect(guarded!.startedAt).toBeGreaterThanOrEqual(fetched!.startedAt);
  expect(guarded!.endedAt).toBeLessThanOrEqual(fetched!.endedAt!);
  expect(formatTimeline(timeline)).toMatch(
    /client cache .*passed it on\n.*\n.*\n {2}server handler .*made the answer$/,
  );
});

it("shows that a cache has answered by itself", async () => {
  const { client, latest } = start();
  await client.get("fine");
  await client.get("fine");
  expect(outcomes(latest())).toEqual(["client cache early"]);
});

it("blames the step that failed, and not those that the failure went through", async () => {
  const { client, latest } = start();
  await client.get("refused");
  expect(outcomes(latest()).slice(-2)).toEqual(["server guard passed", "server handler threw"]);
  expect(latest()).toMatchObject({ outcome: "error", status: 409 });
});

it("shows a fetch without an answer as failed", async () => {
  const { client, latest } = start(() => Promise.reject(new TypeError("the network is down")));
  await client.get("fine");
  expect(outcomes(latest())).toEqual(["client cache returned", "client fetch threw"]);
});

it("keeps the latest sixty, the latest first", async () => {
  const { client, log } = start();
  for (let index = 0; index < 70; index += 1) await client.get("fine", { query: { index } });
  const ids = log.getSnapshot().map(({ id }) => id);
  expect(ids).toHaveLength(60);
  expect(ids).toEqual(ids.toSorted((a, b) => b - a));
});
