// @vitest-environment happy-dom
import { createTestBench } from "@x/client/testing";
import { act, Suspense, useState } from "react";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { createSuspenseHooks } from "../suspense/create-suspense-hooks.ts";
import { render } from "../test-support/render.ts";

interface Api {
  me: { GET: { data: string } };
}

function signedIn(user: string) {
  const session = { user };
  const bench = createTestBench<Api>({
    identity: () => session.user,
    headers: () => ({ "x-user": session.user }),
  });
  bench.transport.reply("GET me", ({ headers }) => ({ data: `secret of ${headers["x-user"]}` }));
  const hooks = createHooks(bench.client);
  return { ...bench, session, ...hooks, ...createSuspenseHooks(hooks) };
}

describe("another identity", () => {
  it("shows nothing of the former user in any rendering, and fetches for the new one", async () => {
    const { session, client, useRead } = signedIn("ada");
    const seen: string[] = [];
    function Me() {
      const { data, status } = useRead("me", { keepPreviousData: true });
      seen.push(`${session.user}: ${data ?? status}`);
      return <p>{data}</p>;
    }
    const page = await render(<Me />);
    await act(async () => {
      session.user = "bob";
      client.checkIdentity();
    });
    expect(page.text).toBe("secret of bob");
    expect(seen).toEqual(["ada: pending", "ada: secret of ada", "bob: pending", "bob: secret of bob"]);
    await page.unmount();
  });

  it("is noticed by a rendering that nobody told, and reaches all other components before anybody sees them", async () => {
    const { session, useRead } = signedIn("ada");
    const seen: string[] = [];
    let render1 = () => {};
    function Me({ name }: { name: string }) {
      const [, setRound] = useState(0);
      if (name === "second") render1 = () => setRound((round) => round + 1);
      const { data, status } = useRead("me");
      seen.push(`${name} ${session.user}: ${data ?? status}`);
      return <p>{data}</p>;
    }
    const page = await render(
      <>
        <Me name="first" />
        <Me name="second" />
      </>,
    );
    seen.length = 0;
    session.user = "bob";
    await act(async () => render1());
    expect(page.text).toBe("secret of bobsecret of bob");
    expect(seen.filter((line) => line.includes("bob: secret of ada"))).toEqual([]);
    await page.unmount();
  });

  it("suspends what waits for data, and hides what the former user saw", async () => {
    const { session, client, useSuspenseRead } = signedIn("ada");
    const seen: string[] = [];
    function Me() {
      const { data } = useSuspenseRead("me");
      seen.push(`${session.user}: ${data}`);
      return <p>{data}</p>;
    }
    const page = await render(
      <Suspense fallback="waiting">
        <Me />
      </Suspense>,
    );
    await act(async () => {
      session.user = "bob";
      client.checkIdentity();
    });
    expect(page.text).toBe("secret of bob");
    expect([...new Set(seen)]).toEqual(["ada: secret of ada", "bob: secret of bob"]);
    await page.unmount();
  });
});
