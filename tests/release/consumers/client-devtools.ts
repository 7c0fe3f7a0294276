// What a user of @x/client-devtools writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { type ClientPlugin, createClient } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  devtools,
  type DevtoolsConfig,
  type DevtoolsEvent,
  type DevtoolsInternal,
  type DevtoolsListener,
  type DevtoolsMethods,
  type DevtoolsTypes,
  type IdentityEvent,
  type InvalidateEvent,
  type LifecycleEvent,
  type PlainError,
  type RefetchEvent,
  type RequestSettleEvent,
  type RequestStartEvent,
  type StateChangeEvent,
  type StepEndEvent,
  type StepStartEvent,
} from "@x/client-devtools";

const config: DevtoolsConfig = { historySize: 100, showHeaders: ["etag"] };
const plugin: ClientPlugin<DevtoolsTypes> = devtools(config);
assert.equal(plugin.name, "devtools");

const bench = createTestBench();
bench.transport.reply("GET posts", { data: "secret", headers: { etag: "1" } });
const client = bench.client.use([devtools(config)]);
const types: DevtoolsEvent["type"][] = [];
const listener: DevtoolsListener = ({ type }) => types.push(type);
const { onDevtoolsEvent, devtoolsHistory }: DevtoolsMethods = client;
const stop = onDevtoolsEvent(listener);
await client.get("posts");
stop();
await client.get("posts");
assert.deepEqual(types, ["request-start", "step-start", "step-end", "request-settle", "state-change"]);

const history: readonly DevtoolsEvent[] = devtoolsHistory();
assert.equal(history.length, 5);
assert.ok(!JSON.stringify(history).includes("secret"));
const settled: RequestSettleEvent | undefined = history.find((event) => event.type === "request-settle");
assert.equal(settled?.headers["etag"], "1");
const error: PlainError | undefined = settled?.error;
assert.equal(error, undefined);

// Each event is told by its type.
function describe(event: DevtoolsEvent): string {
  switch (event.type) {
    case "request-start":
      return (event satisfies RequestStartEvent).path;
    case "step-start":
      return (event satisfies StepStartEvent).name;
    case "step-end":
      return (event satisfies StepEndEvent).outcome;
    case "request-settle":
      return (event satisfies RequestSettleEvent).outcome;
    case "state-change":
      return (event satisfies StateChangeEvent).queryKey ?? "all";
    case "invalidate":
      return (event satisfies InvalidateEvent).queryKeys.join();
    case "refetch":
      return (event satisfies RefetchEvent).queryKey ?? "";
    case "identity":
      return (event satisfies IdentityEvent).identity ?? "";
    case "lifecycle":
      return (event satisfies LifecycleEvent).hook;
  }
}
assert.deepEqual(history.map(describe), ["posts", "core", "returned", "success", "GET posts"]);

// Another plugin, which knows the type of what this one offers.
const asking: ClientPlugin = {
  name: "consumer:asking",
  setup({ plugins }) {
    const internal: DevtoolsInternal | undefined = plugins.get("devtools");
    return internal?.onDevtoolsEvent(listener);
  },
};
client.use([asking]).dispose();

// @ts-expect-error a client without the plugin has no such method
assert.equal(createClient().devtoolsHistory, undefined);
assert.deepEqual(bench.reported, []);
