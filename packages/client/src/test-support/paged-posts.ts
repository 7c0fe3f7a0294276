import { createPages, type PagesObserver } from "../pages/index.ts";
import type { ClientBase } from "../client/client-types.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import type { RequestContext } from "../request/context-types.ts";
import type { ScriptedTransport } from "../testing/index.ts";

/** A page of posts as the servers of these tests give it. */
export interface PostPage {
  readonly posts: readonly string[];
  readonly next?: number | undefined;
  readonly previous?: number | undefined;
}

export interface PostsApi {
  posts: { GET: { data: PostPage; query: { page: number; tag?: string }; error: { reason: string } } };
}

/** Follows the posts, in both directions. */
export function followPosts(
  client: { readonly "~runtime": object },
  { from = 1, maxPages }: { readonly from?: number; readonly maxPages?: number } = {},
): PagesObserver<PostPage, number> {
  // A client of these posts, with any plugins: none of them requires an option.
  return createPages(client as ClientBase<PostsApi, readonly []>, "posts", {
    initialPageParam: from,
    toRequest: (page) => ({ query: { page } }),
    getNextPageParam: ({ next }) => next,
    getPreviousPageParam: ({ previous }) => previous,
    maxPages,
  });
}

interface PostsServer {
  readonly last?: number;
  readonly delayMs?: number;
  readonly version?: () => number;
}

/** Answers every page up to `last`, with the posts of the version that `version()` gives at the time. */
export function servePosts(
  transport: ScriptedTransport,
  { last = 5, delayMs = 0, version = () => 1 }: PostsServer = {},
): void {
  transport.reply("GET posts", ({ url }) => ({ data: postPage(pageOf(url), last, version()) }), { delayMs });
}

export function postPage(page: number, last = 5, version = 1): PostPage {
  return {
    posts: [`post ${page} v${version}`],
    next: page < last ? page + 1 : undefined,
    previous: page > 1 ? page - 1 : undefined,
  };
}

/** The page that a request asks for. */
export function pageOf(url: string): number {
  return Number(new URLSearchParams(url.split("?")[1]).get("page"));
}

/** The page that a context asks for. */
export const pageIn = ({ request }: RequestContext) => (request.query as { page: number }).page;

/** Notes the hooks with the page of the context that they are given. */
export function noteHooks(log: string[]): ClientPlugin {
  return {
    name: "test:noting",
    operations: ["pages"],
    lifecycle: {
      onMount: (context) => void log.push(`mount ${pageIn(context)}`),
      onUpdate: (context, previous) => void log.push(`update ${pageIn(previous)} ${pageIn(context)}`),
      onUnmount: (context) => void log.push(`unmount ${pageIn(context)}`),
    },
  };
}
