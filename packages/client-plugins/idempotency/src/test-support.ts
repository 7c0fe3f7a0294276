import type { ClientPlugin } from "@x/client";
import { createTestBench, type Reply } from "@x/client/testing";
import { idempotency } from "./idempotency.ts";
import type { IdempotencyConfig } from "./types.ts";

/** A client whose keys are k1, k2, …, and a server that gives these replies to whatever is posted to `orders`. */
export function ordering(
  replies: readonly Reply[] = [{ status: 201 }],
  config?: IdempotencyConfig,
  others: readonly ClientPlugin[] = [],
) {
  const bench = createTestBench();
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"])
    for (const reply of replies) bench.transport.reply(`${method} orders`, reply);
  let count = 0;
  const plugin = idempotency({ createKey: () => `k${(count += 1)}`, ...config });
  const client = bench.client.use([plugin, ...others]);
  return {
    ...bench,
    client,
    order: (body: unknown, options: { signal?: AbortSignal; idempotencyKey?: string | false } = {}) =>
      client.post("orders", { body, ...options }),
    /** The keys of all requests so far. */
    keys: () => bench.transport.requests.map(({ headers }) => headers["idempotency-key"]),
  };
}

/** A storage that lasts longer than a client. */
export function createLasting() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}
