/** What can be scaffolded. */
export const PLUGIN_KINDS = ["client-plugin", "server-plugin"] as const;

export type PluginKind = (typeof PLUGIN_KINDS)[number];

/** Which package a plugin of this kind extends: `client` or `server`. */
export function coreOf(kind: PluginKind): "client" | "server" {
  return kind === "client-plugin" ? "client" : "server";
}
