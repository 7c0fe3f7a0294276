import type { ClientConfig, ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { devtools, type DevtoolsConfig } from "../devtools.ts";
import type { DevtoolsEvent } from "../events.ts";

/** A client with the devtools, and what a listener was told. */
export function listening(
  plugins: readonly ClientPlugin[] = [],
  config?: DevtoolsConfig,
  clientConfig?: Pick<ClientConfig, "identity">,
) {
  const bench = createTestBench(clientConfig);
  const events: DevtoolsEvent[] = [];
  const client = bench.client.use([devtools(config)]).use(plugins);
  const stop = client.onDevtoolsEvent((event) => events.push(event));
  return { ...bench, client, events, stop };
}

/** The events of a type. */
export function ofType<Type extends DevtoolsEvent["type"]>(events: readonly DevtoolsEvent[], type: Type) {
  return events.filter((event): event is Extract<DevtoolsEvent, { type: Type }> => event.type === type);
}
