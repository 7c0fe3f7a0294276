import type { ClientConfig } from "../client/client-types.ts";
import { createTestBench } from "../testing/index.ts";

/** A bench whose user may change, and a server that answers `GET me` with whoever asked. */
export function signedIn(first: string | undefined, config: Omit<ClientConfig, "identity"> = {}) {
  let user = first;
  const bench = createTestBench({
    headers: () => ({ "x-user": user }),
    ...config,
    identity: () => user,
  });
  bench.transport.reply("GET me", ({ headers }) => ({ data: `${headers["x-user"]}'s` }));
  return {
    ...bench,
    /** Somebody else is there. The client is not told. */
    become: (other: string | undefined) => void (user = other),
  };
}
