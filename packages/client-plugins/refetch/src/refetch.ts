import { definePlugin, perClient, type RequestContext } from "@x/client";
import { networkBack, pageShown, type Subscribe } from "./events.ts";

/** When observers fetch anew: in `refetch()` for each of them, in an observer's options for that one. */
export interface RefetchOptions {
  /**
   * Whether to fetch anew when the page is shown again. `true` leaves alone what the cache plugin knows to be fresh,
   * `"always"` does not. Default: `true`.
   */
  readonly refetchOnWindowFocus?: boolean | "always" | undefined;
  /** The same for when the network is back. Default: `true`. */
  readonly refetchOnReconnect?: boolean | "always" | undefined;
}

/** Options of `refetch`. */
export interface RefetchConfig extends RefetchOptions {
  /** Tells that the page is shown again. Default: the document's `visibilitychange`, where there is a document. */
  readonly focusEvents?: Subscribe | undefined;
  /** Tells that the network is back. Default: the window's `online`, where there is a window. */
  readonly reconnectEvents?: Subscribe | undefined;
}

/** What the plugin adds to the types of a client. */
export interface RefetchTypes {
  options: RefetchOptions;
}

type Observed = RequestContext<RefetchTypes>;

/**
 * Fetches what mounted observers show anew when the page is shown again, and when the network is back: once for each
 * event and observer.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { refetch } from "@x/client-refetch";
 *
 * const client = createClient({ baseUrl: "/api" }).use([refetch()]);
 * client.observe("posts").mount();
 * client.observe("countries", { refetchOnWindowFocus: false }).mount();
 * ```
 */
export function refetch(config: RefetchConfig = {}) {
  const { focusEvents = pageShown, reconnectEvents = networkBack } = config;
  /** The mounted observers of a client, each with the context of its latest options. */
  const mountedOf = perClient(() => ({ observers: new Map<string, Observed>(), stopListening: () => {} }));

  function refetchAll(observers: ReadonlyMap<string, Observed>, option: keyof RefetchOptions): void {
    for (const context of [...observers.values()]) {
      const wanted = context.pluginOptions?.[option] ?? config[option] ?? true;
      if (wanted === "always" || (wanted && !isFresh(context))) void context.refetch();
    }
  }

  return definePlugin<RefetchTypes>()({
    name: "refetch",
    operations: ["read", "pages"],

    lifecycle: {
      onMount(context) {
        const mounted = mountedOf(context);
        const { observers } = mounted;
        // No listener is there for a client without observers, which may never be disposed.
        if (observers.size === 0) {
          const stops = [
            focusEvents(() => refetchAll(observers, "refetchOnWindowFocus")),
            reconnectEvents(() => refetchAll(observers, "refetchOnReconnect")),
          ];
          mounted.stopListening = () => stops.forEach((stop) => stop());
        }
        observers.set(context.instanceId, context);
      },
      onUpdate(context) {
        mountedOf(context).observers.set(context.instanceId, context);
      },
      onUnmount(context) {
        const { observers, stopListening } = mountedOf(context);
        observers.delete(context.instanceId);
        if (observers.size === 0) stopListening();
      },
    },
  });
}

/** What is asked of `@x/client-cache`, which is another package and may not be there. */
interface CacheInternal {
  isFresh?(): boolean;
}

function isFresh({ plugins }: Observed): boolean {
  const cache = plugins.get("cache") as CacheInternal | undefined;
  return cache?.isFresh?.() ?? false;
}
