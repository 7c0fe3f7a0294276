export interface InvalidationPluginInternal {
  disableAutoInvalidate: () => void;
}

declare module "@x/client" {
  interface PluginInternalRegistry {
    "spoosh:invalidation": InvalidationPluginInternal;
  }

  interface PluginOptionsRegistry {
    /** What a write makes stale, in place of what follows from its path. */
    invalidate?: string | readonly string[];
  }
}
