// What a user of @x/client-polling writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientPlugin, ClientResponse } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  polling,
  type PollingConfig,
  type PollingOptions,
  type PollingTypes,
  type RefetchInterval,
  type Visibility,
} from "@x/client-polling";

interface Job {
  readonly left: number;
}

interface Api {
  job: { GET: { data: Job } };
}

const visibility: Visibility = { isVisible: () => true, subscribe: () => () => {} };
const config: PollingConfig = { refetchInterval: 1_000, visibility };
const plugin: ClientPlugin<PollingTypes> = polling(config);
assert.equal(plugin.name, "polling");

const bench = createTestBench<Api>();
let left = 3;
bench.transport.reply("GET job", () => ({ data: { left: (left -= 1) } }));
const client = bench.client.use([polling(config)]);
const refetchInterval: RefetchInterval = ({ data }: ClientResponse<Job>) => (data?.left ? 500 : false);
const options: PollingOptions = { refetchInterval, refetchIntervalInBackground: true };
const observer = client.observe("job", options);
observer.mount();
await bench.clock.advance(60_000);
const job: Job | undefined = observer.getSnapshot().data;
assert.deepEqual(job, { left: 0 });
assert.equal(bench.transport.requests.length, 3);
assert.equal(bench.clock.scheduled, 0);
observer.unmount();

// @ts-expect-error in milliseconds, not a text
client.observe("job", { refetchInterval: "1s" });
assert.deepEqual(bench.reported, []);
