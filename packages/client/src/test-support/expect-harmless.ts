import { expect } from "vitest";
import type { Client, ClientConfig } from "../client/client-types.ts";
import { createClient } from "../client/create-client.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import type { ClientError, ClientErrorCode } from "../errors.ts";
import type { ClientResponse } from "../request/response.ts";

/** What a failing request is expected to settle with. */
interface ExpectedFailure {
  readonly code: ClientErrorCode;
  /** Default: 0, no response. */
  readonly status?: number;
  /** Default: false. */
  readonly aborted?: boolean;
}

/**
 * Sends a request that fails, by a client that knows older data of the same key, and checks that it fails as
 * expected and does no other harm: the state is as before, nothing is reported, plugins are told exactly once.
 */
export async function expectHarmless(
  { code, status = 0, aborted = false }: ExpectedFailure,
  send: (client: Client) => Promise<ClientResponse>,
  config: ClientConfig = {},
): Promise<ClientError> {
  const reported: ClientError[] = [];
  const settled: string[] = [];
  let before: unknown;
  const witness = definePlugin()({
    name: "test:witness",
    middleware({ stateManager, queryKey, tags }, next) {
      stateManager.setCache(queryKey, { state: { data: "older" }, tags });
      before = stateManager.getCache(queryKey);
      return next();
    },
    afterResponse({ queryKey }) {
      settled.push(queryKey);
    },
  });
  const client = createClient({ ...config, onError: (error) => reported.push(error) }).use([witness]);
  const response = await send(client);

  expect(response.error).toMatchObject({ name: "ClientError", code });
  expect(response).toMatchObject({ data: undefined, status, aborted });
  expect(settled).toHaveLength(1);
  expect(reported).toEqual([]);
  expect(client.stateManager.size).toBe(1);
  expect(client.stateManager.getCache(settled[0]!)).toBe(before);
  return response.error!;
}
