import { AsyncLocalStorage } from "node:async_hooks";
import { createClient, inProcessTransport, type ClientError, type DehydratedState } from "@x/client";
import { cache } from "@x/client-cache";
import { prefetch } from "@x/client-prefetch";
import { Suspense, type ReactNode } from "react";
import { renderToReadableStream, renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import { createSuspenseHooks } from "../suspense/create-suspense-hooks.ts";
import { createStateStream } from "./create-state-stream.ts";

interface Api {
  me: { GET: { data: string } };
  "posts/:id": { GET: { data: string } };
}

type AppClient = ReturnType<typeof clientOf>;

/** Releases what it holds back, one by one, in the order in which the test says. */
function createGate() {
  const waiting: { readonly label: string; readonly open: () => void }[] = [];
  return {
    pass: (label: string) => new Promise<void>((resolve) => waiting.push({ label, open: resolve })),
    open(label: string) {
      const at = waiting.findIndex((held) => held.label === label);
      waiting.splice(at, 1)[0]!.open();
    },
    labels: () => waiting.map(({ label }) => label),
  };
}

function clientOf(identity: string, pass: (label: string) => Promise<void>, requestScope?: () => unknown) {
  const transport = inProcessTransport(async ({ headers, url }) => {
    const user = headers.get("x-user");
    const path = new URL(url).pathname;
    await pass(`${user} ${path}`);
    return path.endsWith("broken")
      ? new Response(null, { status: 503 })
      : Response.json(`${path} of ${user}</script><b>`);
  });
  return createClient<Api>({
    transport,
    identity,
    headers: { "x-user": identity },
    ...(requestScope && { requestScope }),
  }).use([cache(), prefetch()]);
}

const hooks = createHooks<AppClient>();
const { ClientProvider, useRead } = hooks;
const { useSuspenseRead } = createSuspenseHooks(hooks);

const Me = () => <i>{useSuspenseRead("me").data}</i>;
const Post = ({ id }: { id: string }) => <i>{useSuspenseRead("posts/:id", { params: { id } }).data}</i>;

function Page({ client, children }: { client: AppClient; children: ReactNode }) {
  return (
    <html>
      <head>
        <title>Page</title>
      </head>
      <body>
        <ClientProvider client={client}>{children}</ClientProvider>
      </body>
    </html>
  );
}

const open = () => Promise.resolve();
const macrotask = () => new Promise((resolve) => setTimeout(resolve, 5));

/** What the page's scripts leave for the browser. */
function statesIn(html: string): DehydratedState[] {
  const scripts = [...html.matchAll(/<script(?: nonce="n")?>(\(self\["clientState"\][^<]*)<\/script>/g)];
  const self: { clientState?: DehydratedState[] } = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- what the browser does with them, too
  for (const [, code] of scripts) new Function("self", code!)(self);
  return self.clientState ?? [];
}

describe("rendering on a server", () => {
  it("shows what was read before, and sends nothing by itself", async () => {
    const client = clientOf("ada", open);
    await Promise.all([client.prefetch("me"), client.prefetch("posts/:id", { params: { id: "1" } })]);
    function Both() {
      const read = useRead("me");
      const missing = useRead("posts/:id", { params: { id: "2" } });
      return <p>{`${read.data?.length} ${read.isFetching} ${missing.status} ${missing.isLoading}`}</p>;
    }
    const html = renderToString(
      <ClientProvider client={client}>
        <Both />
      </ClientProvider>,
    );
    expect(html).toBe("<p>22 false pending true</p>");
    expect(client.stateManager.size).toBe(2);
  });

  it("needs a client: a hook without any throws", () => {
    const noClient = expect.objectContaining({ code: "NO_CLIENT" }) as ClientError;
    function Orphan() {
      return useRead("me").status;
    }
    expect(() => renderToString(<Orphan />)).toThrow(noClient);
  });

  it("sends the state before the HTML that was rendered from it, the shell's in the head", async () => {
    const gate = createGate();
    const client = clientOf("ada", gate.pass);
    const known = client.prefetch("posts/:id", { params: { id: "1" } });
    await macrotask();
    gate.open("ada /posts/1");
    await known;
    const stream = await renderToReadableStream(
      <Page client={client}>
        <Post id="1" />
        <Suspense fallback="waiting">
          <Me />
        </Suspense>
      </Page>,
    );
    const reader = stream.pipeThrough(createStateStream(client, { nonce: "n" })).getReader();
    const decoder = new TextDecoder();
    const shell = decoder.decode((await reader.read()).value);
    expect(shell).toMatch(
      /^<!DOCTYPE html><html><head>.*<script nonce="n">.*<\/script><\/head><body>.*waiting/s,
    );
    gate.open("ada /me");
    const later = decoder.decode((await reader.read()).value);
    expect(later).toMatch(/^<script nonce="n">\(self\["clientState"\].*<\/script><div hidden/s);
    expect((await reader.read()).done).toBe(true);
    const [first, second, ...others] = statesIn(shell + later);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      identity: "ada",
      entries: [{ state: { data: "/posts/1 of ada</script><b>" } }],
    });
    expect(second).toMatchObject({
      identity: "ada",
      entries: [{ state: { data: "/me of ada</script><b>" } }],
    });
  });

  it("adds nothing where there is no state, and puts a fragment's before it", async () => {
    const client = clientOf("ada", open);
    const textOf = async (node: ReactNode) =>
      new Response((await renderToReadableStream(node)).pipeThrough(createStateStream(client))).text();
    expect(await textOf(<p>static</p>)).toBe("<p>static</p>");
    await client.prefetch("me");
    expect(await textOf(<p>static</p>)).toMatch(/^<script>.*<\/script><p>static<\/p>$/s);
  });

  it("leaves a read that failed to the browser, and tells of the error", async () => {
    const client = clientOf("ada", open);
    const errors: unknown[] = [];
    const stream = await renderToReadableStream(
      <ClientProvider client={client}>
        <Suspense fallback="waiting">
          <Post id="broken" />
        </Suspense>
      </ClientProvider>,
      { onError: (error) => void errors.push(error) },
    );
    const html = await new Response(stream.pipeThrough(createStateStream(client))).text();
    expect(html).toContain("waiting");
    expect(statesIn(html)).toEqual([]);
    expect(errors).toMatchObject([{ code: "HTTP_ERROR", status: 503 }]);
  });

  it("survives a reader that leaves", async () => {
    const gate = createGate();
    const client = clientOf("ada", gate.pass);
    const stream = await renderToReadableStream(
      <Page client={client}>
        <Suspense fallback="waiting">
          <Me />
        </Suspense>
      </Page>,
      { onError() {} },
    );
    const reader = stream.pipeThrough(createStateStream(client)).getReader();
    await reader.read();
    await reader.cancel();
    gate.open("ada /me");
    await macrotask();
  });

  it("never mixes users whose pages are rendered at the same time", async () => {
    const gate = createGate();
    const scope = new AsyncLocalStorage<object>();
    const users = ["ada", "bob", "eve"];
    const pages = users.map((user) =>
      scope.run({ user }, async () => {
        const client = clientOf(user, gate.pass, () => scope.getStore());
        const stream = await renderToReadableStream(
          <Page client={client}>
            {["1", "2"].map((id) => (
              <Suspense key={id} fallback="waiting">
                <Post id={id} />
              </Suspense>
            ))}
            <Suspense fallback="waiting">
              <Me />
            </Suspense>
          </Page>,
        );
        return new Response(stream.pipeThrough(createStateStream(client))).text();
      }),
    );
    await macrotask();
    expect(gate.labels()).toHaveLength(9);
    // The answers come in an order in which the users alternate.
    for (const path of ["/posts/2", "/me", "/posts/1"])
      for (const user of path === "/me" ? users : users.toReversed()) {
        gate.open(`${user} ${path}`);
        await macrotask();
      }
    const html = await Promise.all(pages);
    for (const [at, user] of users.entries()) {
      const others = users.filter((other) => other !== user);
      expect(html[at]!.match(new RegExp(`of ${user}&lt;`, "g"))).toHaveLength(3);
      for (const other of others) expect(html[at]).not.toContain(other);
      expect(statesIn(html[at]!).every(({ identity }) => identity === user)).toBe(true);
    }
  });
});
