import { createClient } from "@x/client";
import { createFakeClock, createScriptedTransport, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { auth, type RefreshContext } from "./index.ts";

/** A client whose user may change while a refresh, which the test answers, is under way. */
function changing() {
  let user = "ada";
  const clock = createFakeClock();
  const transport = createScriptedTransport(clock);
  const tokens = new Map([
    ["ada", "old"],
    ["grace", "old"],
  ]);
  const refreshes: RefreshContext[] = [];
  transport.reply("GET me", ({ headers }) =>
    headers["authorization"] === "Bearer new" ? { data: `${user}'s` } : { status: 401 },
  );
  const held = transport.hold("POST refresh");
  const client = createClient({ transport, clock, identity: () => user }).use([
    auth({
      getToken: () => tokens.get(user),
      async refresh(context) {
        refreshes.push(context);
        const { error } = await context.send("refresh", { method: "POST" });
        if (error) throw error;
        tokens.set(user, "new");
      },
    }),
  ]);
  return { client, clock, held, refreshes, tokens, become: (other: string) => void (user = other) };
}

describe("when another user comes while the token is refreshed", () => {
  it("the refresh is aborted, and brings no token to the one who came", async () => {
    const { client, clock, held, refreshes, tokens, become } = changing();
    const adas = client.get("me");
    await flushMicrotasks();
    become("grace");
    client.checkIdentity();
    expect(refreshes[0]?.signal.aborted).toBe(true);
    held[0]?.reply({ status: 204 });
    expect((await adas).error?.code).toBe("IDENTITY_CHANGED");
    expect(tokens.get("grace")).toBe("old");
    expect(clock.scheduled).toBe(0);
  });

  it("the next refused request is refreshed anew", async () => {
    const { client, held, refreshes, become } = changing();
    const adas = client.get("me");
    await flushMicrotasks();
    become("grace");
    const graces = client.get("me");
    await flushMicrotasks();
    expect(refreshes).toHaveLength(2);
    held[1]?.reply({ status: 204 });
    expect((await graces).data).toBe("grace's");
    expect((await adas).error?.code).toBe("IDENTITY_CHANGED");
  });
});
