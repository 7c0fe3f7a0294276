import type { ClientPlugin, GenericRequestOptions } from "@x/client";
import { createTestBench, type Reply } from "@x/client/testing";
import { retry, type RetryOptions } from "./retry.ts";

export const DOWN: Reply = { status: 503 };
export const UP: Reply = { data: "up" };

/** A client that retries, a server that gives these replies in turn to any method, and when it was asked. */
export function retrying(
  replies: readonly Reply[],
  config?: RetryOptions,
  others: readonly ClientPlugin[] = [],
) {
  const bench = createTestBench();
  const sentAt: number[] = [];
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"])
    for (const reply of replies)
      bench.transport.reply(`${method} posts`, (request) => {
        sentAt.push(bench.clock.now());
        if (reply instanceof Error) throw reply;
        return typeof reply === "function" ? reply(request) : reply;
      });
  const client = bench.client.use([retry(config), ...others]);
  /** Sends, and lets all retries have their time. */
  const send = async (options: GenericRequestOptions & RetryOptions = {}) => {
    const pending = client.request("posts", options);
    await bench.clock.advance(3_600_000);
    return pending;
  };
  return { ...bench, client, send, sentAt };
}
