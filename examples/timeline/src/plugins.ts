import { definePlugin, type ClientPlugin } from "@x/client";

declare module "@x/client" {
  interface PluginInternalRegistry {
    "demo:flags": { isEnabled(flag: string): boolean };
  }
}

/** Tells how long a request took, in its meta. */
export function timing() {
  return definePlugin<{ meta: { durationMs: number } }>()({
    name: "demo:timing",
    priority: -10,
    middleware(context, next) {
      context.temp.set("timing:start", performance.now());
      return next();
    },
    afterResponse(context) {
      const start = context.temp.get("timing:start");
      if (typeof start === "number") context.setMeta({ durationMs: performance.now() - start });
    },
  });
}

/** Gives every request an id that the server could log. */
export function requestId(): ClientPlugin {
  return {
    name: "demo:request-id",
    middleware(context, next) {
      context.request.headers["x-request-id"] = crypto.randomUUID();
      return next();
    },
  };
}

/** Feature flags for other plugins, by an internal API, and for the application, by methods. */
export function flags(initial: readonly string[] = []) {
  const enabled = new Set(initial);
  return definePlugin<{ methods: { enable(flag: string): void } }>()({
    name: "demo:flags",
    internal: () => ({ isEnabled: (flag: string) => enabled.has(flag) }),
    api: () => ({ enable: (flag) => void enabled.add(flag) }),
  });
}

/** Answers reads from what is known, while the flag says so. */
export function cacheWhenEnabled() {
  return definePlugin()({
    name: "demo:conditional-cache",
    operations: ["read"],
    dependencies: ["demo:flags"],
    middleware(context, next) {
      const known = context.stateManager.getCache(context.queryKey);
      const allowed = context.plugins.get("demo:flags").isEnabled("caching");
      return allowed && known && !known.stale ? { data: known.state.data, status: 200 } : next();
    },
  });
}
