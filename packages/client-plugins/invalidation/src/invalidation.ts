import { definePlugin, isFailure, type ClientScope, type RequestContext } from "@x/client";

/** What is out of date: tags (`posts/1`) and patterns (`posts/*`, `*`), or nothing. */
export type Invalidate = string | readonly string[] | false;

/** What writes make stale that do not say it themselves. */
export interface InvalidationConfig {
  /**
   * The same for all writes, or what a write makes stale. Default: whatever has the first segment of one of its tags:
   * `POST posts/1/comments` makes `posts` and `posts/*` stale.
   */
  readonly invalidate?:
    Invalidate | ((write: Pick<RequestContext, "method" | "path" | "tags">) => Invalidate) | undefined;
}

/** Options of one write. */
export interface InvalidationOptions {
  /** What this write makes stale, in place of what follows from its path. `false`: nothing. */
  readonly invalidate?: Invalidate | undefined;
}

/** What the plugin adds to a client. */
export interface InvalidationMethods {
  /** Marks stale what the tags or patterns match, and has mounted observers of it fetch again. */
  invalidate(patterns: string | readonly string[]): void;
}

/** What the plugin adds to the types of a client. */
export interface InvalidationTypes {
  options: InvalidationOptions;
  methods: InvalidationMethods;
}

/** What other plugins get by `plugins.get("invalidation")`. */
export interface InvalidationInternal {
  /**
   * Says what this write changes if it succeeds, in place of what follows from its path or from the plugin's options, for
   * a plugin that knows it from the server. The caller's own `invalidate` wins.
   */
  setPatterns(patterns: readonly string[]): void;
  /**
   * Leaves fresh what this request would make stale by its path or by the plugin's options, for a plugin that has changed
   * the state itself. The caller's own `invalidate` holds nevertheless, and so does what `setPatterns` was given: the server
   * may have changed more than anybody here can tell.
   */
  disableAutoInvalidate(): void;
  /**
   * What this write changes if it succeeds: the caller's `invalidate`, what `setPatterns` was given, or what follows from
   * its path. It is the same after `disableAutoInvalidate`, which is about the client's own entries.
   */
  patterns(): readonly string[];
  /** Marks stale what the tags or patterns match, and has mounted observers of it fetch again. */
  invalidate(patterns: string | readonly string[]): void;
}

declare module "@x/client" {
  interface PluginInternalRegistry {
    invalidation: InvalidationInternal;
  }
}

const DISABLED = "invalidation:disabled";
const PATTERNS = "invalidation:patterns";

/**
 * After a write that succeeded, marks stale what it has changed, and has mounted observers of that fetch again.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { invalidation } from "@x/client-invalidation";
 *
 * const client = createClient({ baseUrl: "/api" }).use([invalidation()]);
 * await client.post("posts/:id/comments", { params: { id: 1 }, body: { text: "Hi" } }); // posts, posts/*
 * await client.post("posts", { body: { title: "Hi" }, invalidate: ["posts", "users/1"] });
 * await client.post("visits", { invalidate: false });
 * client.invalidate("*");
 * ```
 */
export function invalidation({ invalidate: byDefault = toRoots }: InvalidationConfig = {}) {
  type Write = RequestContext<InvalidationTypes>;
  /** What somebody knows who has said it. Everything else is a guess. */
  const toldOf = ({ pluginOptions, temp }: Write): Invalidate | undefined =>
    // Only `setPatterns` writes it.
    pluginOptions?.invalidate ?? (temp.get(PATTERNS) as readonly string[] | undefined);
  const guess = (write: Write): Invalidate =>
    typeof byDefault === "function" ? byDefault(write) : byDefault;

  return definePlugin<InvalidationTypes>()({
    name: "invalidation",
    operations: ["write", "queue"],
    // Its `afterResponse` is the last one: another plugin's may still make a failure of the response.
    priority: 100,

    afterResponse(context, response) {
      if (isFailure(response)) return;
      invalidate(context, toldOf(context) ?? (!context.temp.has(DISABLED) && guess(context)));
    },

    internal: (context): InvalidationInternal => ({
      setPatterns: (patterns) => void context.temp.set(PATTERNS, patterns),
      disableAutoInvalidate: () => void context.temp.set(DISABLED, true),
      patterns() {
        const changed = toldOf(context) ?? guess(context);
        return changed === false ? [] : [changed].flat();
      },
      invalidate: (patterns) => invalidate(context, patterns),
    }),

    api: (context) => ({
      invalidate: (patterns) => invalidate(context, patterns),
    }),
  });
}

function invalidate({ stateManager, eventEmitter }: ClientScope, patterns: Invalidate): void {
  if (patterns === false) return;
  // First: what is fetched because of it is then fetched after it.
  const queryKeys = stateManager.markStale(patterns);
  if (queryKeys.length > 0) eventEmitter.emit("stale", { queryKeys });
  // By tags, which also finds observers that have nothing yet: their first answer is under way, or was an error.
  eventEmitter.emit("refetch", { tags: patterns });
}

/** A comment belongs to a post, and is probably counted in the list of them, too. */
function toRoots({ tags }: Pick<RequestContext, "tags">): string[] {
  const roots = new Set(tags.map((tag) => tag.split("/", 1)[0]!));
  return [...roots].flatMap((root) => [root, `${root}/*`]);
}
