/**
 * Types of what plugins offer each other through `context.plugins.get`, by plugin name. Augment it from your
 * package: `declare module "@x/client" { interface PluginInternalRegistry { "acme:flags": Flags } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface PluginInternalRegistry {}

/** Types of options that plugins without type arguments (`ClientPlugin` alone) read from `pluginOptions`. */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface PluginOptionsRegistry {}

/** Types of the events of `eventEmitter`, by name. */
export interface ClientEventRegistry {
  /**
   * Asks mounted observers to fetch again: those of a key, or all with a tag that a pattern matches (`posts/*`), also
   * where there is no data yet.
   */
  refetch: { readonly queryKey?: string; readonly tags?: string | readonly string[] };
  /** Somebody else is signed in, and the state was cleared. What is observed is fetched for them next. */
  identity: { readonly identity: string | undefined; readonly previous: string | undefined };
  /** Entries were marked stale. */
  stale: { readonly queryKeys: readonly string[] };
  /** What is known under a key has changed in any way. Without a key: everything was forgotten. */
  change: { readonly queryKey: string | undefined };
}
