// What a user of @x/server writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ApiContract,
  createApp,
  defineApi,
  Func,
  HttpError,
  type InvokeData,
  isServerError,
  type MountData,
  type Next,
  type Plugin,
  type ServerErrorCode,
} from "@x/server";
import { createRecordingLogger, createTestProject, silentLogger, testApi } from "@x/server/testing";

declare module "@x/server" {
  interface DefineApiInject {
    tenant?: { readonly id: string } | null;
  }
}

class TenantPlugin implements Plugin {
  readonly type = "tenant";
  readonly name = "tenant";
  mounts = 0;

  async onMount(_data: MountData, next: Next) {
    this.mounts += 1;
    await next();
  }

  async onInvoke(data: InvokeData, next: Next) {
    const id = data.event.headers["x-tenant"];
    data.tenant = id ? { id } : null;
    await next();
  }
}

const tenant = new TenantPlugin();
const whoAmI = defineApi({
  method: "GET",
  plugins: [tenant],
  handler({ tenant: current }) {
    if (!current) throw new HttpError({ statusCode: 401, message: "which tenant?" });
    return { tenant: current.id satisfies string };
  },
});

// Over HTTP, on a port and without one.
const app = createApp({ routes: { "who-am-i": whoAmI }, logger: silentLogger });
const server = await app.listen({ port: 0, signals: false });
const url = `${server.url}/who-am-i`;
const answer = await fetch(url, { headers: { "x-tenant": "acme" } });
assert.deepEqual(await answer.json(), { tenant: "acme" });
const refused = await fetch(url);
assert.equal(refused.status, 401);
assert.equal(((await refused.json()) as { detail: string }).detail, "which tenant?");
assert.equal((await app.fetch(new Request("http://localhost/nothing"))).status, 404);
assert.equal(tenant.mounts, 1);

// Told to clients: errors by code and data, and what has changed.
const rename = defineApi({
  method: "PUT",
  errors: { RENAMED_ALREADY: { status: 410 } },
  writes: ["tenants"],
  handler({ errors }): { at: Date } {
    throw errors.RENAMED_ALREADY();
  },
});
const renaming: ApiContract<typeof rename>["PUT"] = {
  data: { at: "2026-01-01T00:00:00.000Z" },
  errors: { RENAMED_ALREADY: undefined },
  writes: ["tenants"],
};
assert.deepEqual(rename.writes, renaming.writes);
const renamed = await testApi(rename)();
assert.deepEqual([renamed.statusCode, renamed.headers["api-error"]], [410, "RENAMED_ALREADY"]);

// Inside a server that is there already.
const outer = createServer(app.middleware());
await new Promise<void>((resolve) => outer.listen(0, "127.0.0.1", resolve));
const { port } = outer.address() as AddressInfo;
assert.equal((await fetch(`http://127.0.0.1:${port}/who-am-i`)).status, 401);
await new Promise((resolve) => outer.close(resolve));
await server.close();

// Without HTTP.
const add = new Func({ handler: ({ event }: InvokeData<{ a: number; b: number }>) => event.a + event.b });
const sum: number = await add.invoke({ event: { a: 1, b: 2 } });
assert.equal(sum, 3);

// With YAML.
await using project = await createTestProject({
  "faas.yaml": "defaults: { plugins: { http: { config: { maxBodyBytes: 3 } } } }",
});
const { logger, lines } = createRecordingLogger();
const echo = defineApi({ handler: ({ params }) => params });
const tooLarge = await testApi(echo, { file: project.path("echo.api.ts"), logger })(
  { a: "more than three" },
  {},
);
assert.ok([200, 413].includes(tooLarge.statusCode));
assert.deepEqual(
  lines.filter(({ level }) => level === "error"),
  [],
);

const mistake = await createApp({ root: project.path("missing") })
  .routes()
  .catch((error: unknown) => error);
assert.ok(isServerError(mistake));
assert.equal(mistake.code satisfies ServerErrorCode, "INVALID_ROOT");
