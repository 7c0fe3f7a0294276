import { ClientError, definePlugin, isFailure, untilAborted, type RequestContext } from "@x/client";
import { toNextTags } from "./next-tags.ts";
import { toRevalidation } from "./to-revalidation.ts";
import type { NextConfig, NextFetchOptions, NextTypes } from "./types.ts";

/**
 * Keeps the server cache of a Next.js app in step with the client: reads on the server tell it the tags that their
 * answers have, and a write that succeeded has the tags and paths revalidated that it changed.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { next, type ServerRevalidation } from "@x/client-next";
 *
 * // A server action, from a file with "use server".
 * declare function revalidate(revalidation: ServerRevalidation): Promise<void>;
 *
 * const client = createClient({ baseUrl: "https://api.example" }).use([next({ revalidator: revalidate })]);
 * await client.get("posts", { next: { revalidate: 60 } });
 * await client.post("posts", { body: { title: "Hi" }, revalidatePaths: ["/feed"] });
 * ```
 */
export function next(config: NextConfig = {}) {
  return definePlugin<NextTypes>()({
    name: "next",
    operations: ["read", "pages", "write", "queue"],
    // Its `afterResponse` comes after the invalidation plugin's: what is on screen does not wait for the server.
    priority: 110,

    middleware(context, proceed) {
      if (isOnServer() && !isWrite(context)) tellFetch(context, config.next);
      return proceed();
    },

    afterResponse(context, response) {
      const { revalidator } = config;
      if (!revalidator || !isWrite(context) || isFailure(response)) return;
      return tellServer(context, config, revalidator);
    },
  });
}

function isWrite({ operationType }: RequestContext<NextTypes>): boolean {
  return operationType === "write" || operationType === "queue";
}

/** Elsewhere `next` would be no harm, and of no use. */
function isOnServer(): boolean {
  return typeof window === "undefined";
}

/** Has the answer kept by Next.js under the tags that the client finds it by. */
function tellFetch(
  { request, tags, forceRefetch, pluginOptions }: RequestContext<NextTypes>,
  configured: NextFetchOptions | undefined,
): void {
  const asked = pluginOptions?.next;
  // What Next.js has kept is an answer to it, unless it is told to keep none.
  const revalidate = forceRefetch ? 0 : (asked?.revalidate ?? configured?.revalidate);
  const options = {
    ...(revalidate === undefined ? {} : { revalidate }),
    tags: [...new Set([...toNextTags(tags), ...(configured?.tags ?? []), ...(asked?.tags ?? [])])],
  };
  const send = request.transport;
  request.transport = (sent) => send({ ...sent, fetchInit: { ...sent.fetchInit, next: options } });
}

/** Waits for the server, so that whoever waits for the write finds there what it has changed. */
async function tellServer(
  context: RequestContext<NextTypes>,
  config: NextConfig,
  revalidator: NonNullable<NextConfig["revalidator"]>,
): Promise<void> {
  const tell = async () => {
    const revalidation = toRevalidation(context, config);
    if (revalidation) await revalidator(revalidation);
  };
  const told = tell().catch((cause: unknown) =>
    context.report(
      new ClientError("NEXT_REVALIDATE_FAILED", `the server was not revalidated after ${context.queryKey}`, {
        plugin: "next",
        cause,
      }),
    ),
  );
  // The write is done: an abort ends the wait for the server, and no more.
  await untilAborted(told, context.request.signal).catch(() => {});
}
