import type { ClientPlugin, ClientResponse } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it, vi } from "vitest";
import { auth, type AuthConfig, type AuthOptions } from "./index.ts";
import { signedIn } from "./test-support/signed-in.ts";

describe("the refresh call", () => {
  const refused = { status: 401, data: "expired" };

  it.each<[string, (send: RefreshSend, client: () => AnyClient) => Promise<ClientResponse>]>([
    ["is sent by the function that it is given", (send) => send("auth/refresh", { method: "POST" })],
    ["says that it needs no token", (_, client) => client().post("auth/refresh", { auth: false })],
    ["is the first thing that refresh does", (_, client) => client().post("auth/refresh")],
    [
      "comes later, and says so",
      async (_, client) => {
        await flushMicrotasks();
        return client().post("auth/refresh", { auth: false });
      },
    ],
  ])("B-46: never waits on the lock when it %s", async (_, call) => {
    const { client: bare, transport } = createTestBench();
    transport.reply("GET me", { status: 401 }).reply("POST auth/refresh", refused);
    const client: AnyClient = bare.use([
      auth({ getToken: () => "t1", refresh: ({ send }) => call(send, () => client) }),
    ]);
    const { error, status } = await client.get("me");
    expect([error?.code, status]).toEqual(["REFRESH_FAILED", 401]);
    expect(error?.cause).toMatchObject({ code: "HTTP_ERROR", body: "expired" });
  });

  it("carries no token, and goes through all other plugins", async () => {
    const seen: string[] = [];
    const witness: ClientPlugin = {
      name: "test:witness",
      afterResponse: ({ path }) => void seen.push(path),
    };
    const { client, tokens, transport, carried } = signedIn(
      { refresh: ({ send }) => send("auth/refresh", { method: "POST", headers: { "x-a": "1" } }) },
      [witness],
    );
    transport.reply("POST auth/refresh", () => {
      tokens.kept = tokens.accepted;
      return { status: 204 };
    });
    tokens.accepted = "t2";
    expect((await client.get("me")).data).toBe("yours");
    expect(carried()).toEqual(["Bearer t1", undefined, "Bearer t2"]);
    expect(transport.requests[1]?.headers["x-a"]).toBe("1");
    expect(seen).toEqual(["auth/refresh", "me"]);
  });

  it("that waits for itself all the same is ended by the time limit, and the error says how to mend it", async () => {
    const { client: bare, transport, clock } = createTestBench();
    transport.reply("GET me", { status: 401 }).reply("POST auth/refresh", refused);
    const client: AnyClient = bare.use([
      auth({
        refresh: async () => {
          await Promise.resolve();
          return client.post("auth/refresh");
        },
        refreshTimeoutMs: 5_000,
      }),
    ]);
    const pending = client.get("me");
    await clock.advance(5_000);
    const { error } = await pending;
    expect(error?.code).toBe("REFRESH_FAILED");
    expect(error?.cause).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("auth: false") });
    expect(clock.scheduled).toBe(0);
  });
});

describe("a failed refresh", () => {
  it.each<[string, () => unknown]>([
    ["throws", () => Promise.reject(new Error("gone"))],
    [
      "throws at once",
      () => {
        throw new Error("gone");
      },
    ],
  ])("B-46: that %s rejects all, and the next request tries again", async (_, fail) => {
    const refresh = vi.fn<() => unknown>(fail);
    const { client, tokens, transport } = signedIn({ refresh });
    tokens.accepted = "t2";
    const all = await Promise.all(Array.from({ length: 100 }, () => client.get("me")));
    for (const { error, status } of all) {
      expect(error).toMatchObject({ code: "REFRESH_FAILED", plugin: "auth", status: 401 });
      expect(error?.cause).toMatchObject({ message: "gone" });
      expect(status).toBe(401);
    }
    expect([refresh.mock.calls.length, transport.requests.length]).toEqual([1, 100]);
    refresh.mockImplementation(() => void (tokens.kept = "t2"));
    expect((await client.get("me")).data).toBe("yours");
  });

  it("rejects those, too, who are refused when it is over", async () => {
    const { client: bare, transport } = createTestBench();
    const held = transport.hold("GET me");
    const refresh = vi.fn<() => unknown>(() => Promise.reject(new Error("gone")));
    const client = bare.use([auth({ refresh })]);
    const both = [client.get("me"), client.get("me")];
    await flushMicrotasks();
    for (const at of [0, 1]) {
      held[at]?.reply({ status: 401 });
      await flushMicrotasks();
    }
    expect((await Promise.all(both)).map(({ error }) => error?.code)).toEqual([
      "REFRESH_FAILED",
      "REFRESH_FAILED",
    ]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});

type RefreshSend = Parameters<AuthConfig["refresh"]>[0]["send"];

interface AnyClient {
  get(path: string, options?: AuthOptions): Promise<ClientResponse>;
  post(path: string, options?: AuthOptions): Promise<ClientResponse>;
}
