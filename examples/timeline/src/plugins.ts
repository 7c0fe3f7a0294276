import { definePlugin, perClient, type ClientPlugin } from "@x/client";

declare module "@x/client" {
  interface PluginInternalRegistry {
    "demo:session": { token(): string | undefined };
  }
}

/** Gives every request an id, which the server's log and timeline know it by, too. */
export function requestId(): ClientPlugin {
  return {
    name: "demo:request-id",
    // Inside of a deduplication, which takes the headers that it finds for the caller's, and outside of a retry.
    priority: -7,
    middleware(context, next) {
      context.request.headers["x-request-id"] = crypto.randomUUID();
      return next();
    },
  };
}

/** Keeps the token of whoever is signed in: other plugins ask for it, the application sets it. */
export function session() {
  const stateOf = perClient((): { token?: string } => ({}));
  return definePlugin<{ methods: { signIn(token: string): void } }>()({
    name: "demo:session",
    internal: (context) => ({ token: () => stateOf(context).token }),
    api: (context) => ({
      signIn(token) {
        stateOf(context).token = token;
      },
    }),
  });
}

/** Sends the token along, if there is one. */
export function bearer() {
  return definePlugin()({
    name: "demo:bearer",
    dependencies: ["demo:session"],
    middleware(context, next) {
      const token = context.plugins.get("demo:session").token();
      if (token) context.request.headers["authorization"] = `Bearer ${token}`;
      return next();
    },
  });
}
