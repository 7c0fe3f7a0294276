import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { auth, type AuthConfig } from "../auth.ts";

/** A server that takes one token, and a client that keeps one; `refresh` gets the one that the server takes. */
export function signedIn(config: Partial<AuthConfig> = {}, plugins: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  const tokens = { accepted: "t1", kept: "t1" as string | undefined };
  const refreshes: { answer(): void }[] = [];
  for (const route of ["GET me", "POST orders"]) {
    bench.transport.reply(route, ({ headers }) =>
      headers["authorization"] === `Bearer ${tokens.accepted}`
        ? { data: "yours" }
        : { status: 401, data: "no" },
    );
  }
  const client = bench.client.use([
    auth({
      getToken: () => tokens.kept,
      refresh: () =>
        new Promise<void>((resolve) => {
          const answer = () => {
            tokens.kept = tokens.accepted;
            resolve();
          };
          refreshes.push({ answer });
        }),
      ...config,
    }),
    ...plugins,
  ]);
  /** The token that each request carried. */
  const carried = () => bench.transport.requests.map(({ headers }) => headers["authorization"]);
  return { ...bench, client, tokens, refreshes, carried };
}
