import type { PluginOptionsRegistry } from "../registries.ts";

/** What a plugin adds to the types of a client: options of requests, meta of responses, methods of the client. */
export interface PluginTypes {
  options?: object;
  meta?: object;
  methods?: object;
}

/** The types of a plugin that declares none: its options come from `PluginOptionsRegistry`. */
export interface UntypedPlugin {
  options: PluginOptionsRegistry;
}

/** What the client's own operations and the names that plugins add have in common. */
export type OperationType = "read" | "write" | "pages" | "queue" | "subscribe" | (string & {});

/** The options that a plugin's types declare, or none. */
export type OptionsOf<Types> = Types extends { options: infer Options extends object } ? Options : None;
/** The meta that a plugin's types declare, or none. */
export type MetaOf<Types> = Types extends { meta: infer Meta extends object } ? Meta : None;
/** The methods that a plugin's types declare, or none. */
export type MethodsOf<Types> = Types extends { methods: infer Methods extends object } ? Methods : object;

type None = Record<never, never>;
