// What a user of @x/client-auth writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientErrorCode, ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  auth,
  type AuthConfig,
  type AuthErrorCode,
  type AuthOptions,
  type AuthTypes,
  type Locks,
  type RefreshContext,
} from "@x/client-auth";

interface Api {
  me: { GET: { data: string } };
}

let token = "t1";
const locks: Locks = { request: (_name, _options, callback) => callback() };
const config: AuthConfig = {
  getToken: () => token,
  async refresh({ send, signal }: RefreshContext) {
    const { data } = await send("refresh", { method: "POST", signal });
    token = String(data);
  },
  locks,
};
const plugin: ClientPlugin<AuthTypes> = auth(config);
assert.equal(plugin.name, "auth");

const bench = createTestBench<Api>();
bench.transport
  .reply("POST refresh", { data: "t2" })
  .reply("GET me", ({ headers }) =>
    headers["authorization"] === "Bearer t2" ? { data: "yours" } : { status: 401 },
  );
const client = bench.client.use([auth(config)]);
const both = await Promise.all([client.get("me"), client.get("me")]);
assert.deepEqual(
  both.map(({ data }): string | undefined => data),
  ["yours", "yours"],
);
assert.equal(bench.transport.requests.length, 5);

const options: AuthOptions = { auth: false };
assert.equal((await client.get("me", options)).status, 401);
bench.transport.reply("POST refresh", { status: 400 });
token = "t0";
const { error } = await bench.client
  .use([auth({ refresh: () => Promise.reject(new Error("gone")) })])
  .get("me");
const code: ClientErrorCode & AuthErrorCode = "REFRESH_FAILED";
assert.equal(error?.code, code);

// @ts-expect-error without a refresh there is nothing to do
assert.ok(auth({ getToken: () => "t1" }));
assert.deepEqual(bench.reported, []);
