import type { ClientPlugin } from "@x/client";
import type { InvalidationPluginInternal } from "./types.ts";

export interface InvalidationPluginConfig {
  /** Default: true. */
  readonly autoInvalidate?: boolean;
}

export function invalidationPlugin(config: InvalidationPluginConfig = {}): ClientPlugin {
  return {
    name: "spoosh:invalidation",
    operations: ["write"],

    internal(context): InvalidationPluginInternal {
      return {
        /**
         * Leaves fresh what this request would make stale by its path. Call it where the state already shows
         * what the request changes.
         */
        disableAutoInvalidate() {
          context.temp.set("invalidation:disabled", true);
        },
      };
    },

    afterResponse(context, response) {
      if (response.error) return;
      const automatic = config.autoInvalidate !== false && !context.temp.get("invalidation:disabled");
      context.stateManager.markStale(context.pluginOptions?.invalidate ?? (automatic ? context.tags : []));
    },
  };
}
