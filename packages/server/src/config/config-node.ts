import type { Fault } from "../errors.ts";

/** Where a key or a value was written. */
export interface Origin {
  readonly source: "file" | "code" | "default";
  /** Absolute path. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
  /** The keys that lead to it. In a file the section comes first: `["defaults", "plugins", "auth"]`. */
  readonly keyPath: readonly string[];
}

interface NodeBase {
  /** Where its key stands. For the root and for an array's items, where the value stands. */
  readonly key: Origin;
  /** Where the value stands. */
  readonly at: Origin;
  /** What it replaced, the latest first. */
  readonly overrode: readonly ConfigNode[];
}

/** A map, whose entries merge with those of other layers. */
export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, ConfigNode>;
}

/** An array, which replaces that of another layer. */
export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly items: readonly ConfigNode[];
}

/** Whatever is neither: text, a number, from code also a class's instance. */
export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  readonly value: unknown;
  /** Set where the text names variables. */
  readonly template?: Template | undefined;
}

/** Configuration with its positions, before variables are filled in. Never changed once made. */
export type ConfigNode = MapNode | ListNode | ScalarNode;

/** Text and the variables in it, in order. */
export type Template = readonly (string | Variable)[];

/** `${NAME}` or `${NAME:-default}`. */
export interface Variable {
  readonly name: string;
  readonly fallback?: Template | undefined;
}

/** The fault of what stands at `origin`. */
export function faultAt({ file, line, column, keyPath }: Origin, message: string): Fault {
  return { message, file, line, column, keyPath };
}

/** What kind of value a node is, in the words of an error message. The value itself is never told. */
export function kindOf(node: ConfigNode): string {
  if (node.kind === "map") return "a map";
  if (node.kind === "list") return "a list";
  const { value } = node;
  if (value === null) return "null";
  if (typeof value === "string") return value === "" ? "empty text" : "text";
  if (typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
