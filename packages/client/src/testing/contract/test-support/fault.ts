import type { AnyPlugin, ClientPlugin } from "../../../plugin/plugin.ts";
import type { PluginCheckId } from "../plugin-check.ts";

/** A plugin with one fault. */
export interface Fault {
  /** What its author did. */
  readonly what: string;
  readonly create: () => AnyPlugin;
  /** A part of what the check says. */
  readonly says: string;
}

/** Faults as they are made, by the check that finds them. */
export type Faults<Id extends PluginCheckId> = Readonly<Record<Id, readonly Fault[]>>;

/** Makes a plugin that has all but a name. */
export const named = (rest: Omit<ClientPlugin, "name">) => (): ClientPlugin => ({
  name: "acme:faulty",
  ...rest,
});
