import type { CheckedApi, UntypedApi } from "../client/api-types.ts";
import type { Client, ClientConfig } from "../client/client-types.ts";
import { createClient } from "../client/create-client.ts";
import type { ClientError } from "../errors.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createScriptedTransport, type ScriptedTransport } from "./scripted-transport.ts";

/** A real client on a scripted transport and a fake clock. */
export interface TestBench<Api> {
  /** Add the plugins under test by `client.use([…])`: the new client stays on this bench. */
  readonly client: Client<Api>;
  readonly transport: ScriptedTransport;
  readonly clock: FakeClock;
  /** What was reported to `onError`. */
  readonly reported: readonly ClientError[];
}

/**
 * Creates all that a plugin's test needs. Requests go through the real chain.
 *
 * @example
 * ```ts
 * import { createTestBench } from "@x/client/testing";
 *
 * const { client, transport } = createTestBench();
 * transport.reply("GET posts", { data: ["first"] });
 * const { data } = await client.get("posts");
 * ```
 */
export function createTestBench<Api extends CheckedApi<Api> = UntypedApi>(
  config: Omit<ClientConfig, "transport" | "clock" | "onError"> = {},
): TestBench<Api> {
  const clock = createFakeClock();
  const transport = createScriptedTransport(clock);
  const reported: ClientError[] = [];
  const client = createClient<Api>({ ...config, transport, clock, onError: (error) => reported.push(error) });
  return { client, transport, clock, reported };
}
