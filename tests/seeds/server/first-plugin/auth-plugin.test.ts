import { defineApi, type InvokeData, type MountData, type Next, type Plugin } from "@x/server";
import { testApi } from "@x/server/testing";
import { expect, it } from "vitest";

// A program of its own: another sample declares the same field with roles.
declare module "@x/server" {
  interface DefineApiInject {
    current_user?: { id: number; name: string } | null;
  }
}

let mounts = 0;

class AuthPlugin implements Plugin {
  public readonly type = "auth";
  public readonly name = "auth";

  public async onMount(data: MountData, next: Next) {
    // Run once: load keys, verify config
    mounts += 1;
    await next();
  }

  public async onInvoke(data: InvokeData, next: Next) {
    // Run on every request: resolve current user
    data.current_user = { id: 1, name: "FaasJS" };
    await next();
  }
}

it("implements the interface: onMount once, onInvoke for every request", async () => {
  const api = defineApi({ plugins: [new AuthPlugin()], handler: ({ current_user }) => current_user });
  const handler = testApi(api);
  expect((await handler()).data).toEqual({ id: 1, name: "FaasJS" });
  expect((await handler()).statusCode).toBe(200);
  expect(mounts).toBe(1);
});
