/** What the engine needs to know of a plugin. Clients and servers extend it with their hooks. */
export interface PluginIdentity {
  /** Unique within one list. */
  readonly name: string;
  /** Lower is outer. Equal priorities keep the order of the list. Default: 0. */
  readonly priority?: number | undefined;
  /** Names of plugins that must be in the same list. They do not change the order. */
  readonly dependencies?: readonly string[] | undefined;
}
