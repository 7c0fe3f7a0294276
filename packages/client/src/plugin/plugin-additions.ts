import type { Flat } from "../client/flat.ts";
import type { MetaOf, MethodsOf, OptionsOf } from "./plugin-types.ts";
import type { AnyPlugin, ClientPlugin } from "./plugin.ts";

/** The options that a client's plugins add to the requests of an operation. */
export type PluginOptions<Plugins extends readonly AnyPlugin[], Operation extends string> = Flat<
  Merged<OptionsFor<Plugins[number], Operation>>
>;

/** The options that a client's plugins add to any operation, none of them required. */
export type AnyPluginOptions<Plugins extends readonly AnyPlugin[]> = Flat<
  Partial<Merged<OptionsFor<Plugins[number]>>>
>;

/** The meta of a client's responses: each plugin may have told something or not. */
export type PluginMeta<Plugins extends readonly AnyPlugin[]> = Flat<
  Readonly<Partial<Merged<MetaFrom<Plugins[number]>>>>
>;

/** The methods that plugins add to a client. */
export type PluginMethods<Plugins extends readonly AnyPlugin[]> = Merged<MethodsFrom<Plugins[number]>>;

// What a plugin adds travels in a box, so that options that are a union of shapes stay one while those of several
// plugins are merged.
interface Box<Content> {
  readonly content: Content;
}

type None = Record<never, never>;

type Merged<Boxes> = [Boxes] extends [never]
  ? None
  : (Boxes extends unknown ? (box: Boxes) => void : never) extends (
        box: infer All extends Box<unknown>,
      ) => void
    ? All["content"]
    : never;

/** Without an operation, the options for any. */
type OptionsFor<Plugin, Operation extends string | undefined = undefined> =
  Plugin extends ClientPlugin<infer Types, infer Operations, infer _Dependencies>
    ? Operation extends Operations[number] | undefined
      ? Box<OptionsOf<Known<Types>>>
      : Box<None>
    : never;

type MetaFrom<Plugin> =
  Plugin extends ClientPlugin<infer Types, infer _Operations, infer _Dependencies>
    ? Box<MetaOf<Known<Types>>>
    : never;

type MethodsFrom<Plugin> =
  Plugin extends ClientPlugin<infer Types, infer _Operations, infer _Dependencies>
    ? Box<MethodsOf<Known<Types>>>
    : never;

/** A plugin that is written out in the call of `use`, or is an `AnyPlugin`, has `any` types: it adds nothing. */
type Known<Types> = 0 extends 1 & Types ? object : Types;
