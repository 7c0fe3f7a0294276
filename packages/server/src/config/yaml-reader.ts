import type * as Yaml from "yaml";
import type { Alias, Document, LineCounter, Node, Pair, Scalar, YAMLMap } from "yaml";
import type { Fault } from "../errors.ts";
import { type ConfigNode, faultAt, type MapNode, type Origin } from "./config-node.ts";
import { mergeMaps, mergeNodes } from "./merge-nodes.ts";
import { parseTemplate } from "./templates.ts";
import { whyUnsafe } from "./unsafe-keys.ts";

const MAX_DEPTH = 100;
/** Aliases of aliases multiply: ten lines can stand for a billion values. */
const MAX_ALIASED_NODES = 10_000;

/** Reads the parser's tree into nodes of configuration: aliases filled in, variables recognised, keys checked. */
export class YamlReader {
  readonly faults: Fault[] = [];
  readonly #yaml: typeof Yaml;
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #file: string;
  /** The aliased values that are being read, to tell one that holds itself. */
  readonly #open = new Set<Node>();
  #aliasedNodes = 0;

  constructor(yaml: typeof Yaml, document: Document, lines: LineCounter, file: string) {
    this.#yaml = yaml;
    this.#document = document;
    this.#lines = lines;
    this.#file = file;
  }

  /** The node and all that is under it. What is at fault is left out. */
  read(node: Node, keyPath: readonly string[], key?: Origin): ConfigNode | undefined {
    const at = this.#originOf(node, keyPath);
    if (keyPath.length > MAX_DEPTH) return this.#refuse(at, "values are nested too deeply");
    if (this.#isBeyondAliases(at)) return undefined;
    if (this.#yaml.isAlias(node)) return this.#readAlias(node, keyPath, key ?? at);
    const origins = { key: key ?? at, at, overrode: [] };
    if (this.#yaml.isMap(node))
      return { kind: "map", entries: this.#readEntries(node, keyPath, at), ...origins };
    if (this.#yaml.isSeq<Node>(node)) {
      const items = node.items.map((item, index) => this.read(item, [...keyPath, String(index)]));
      return { kind: "list", items: items.filter((item) => item !== undefined), ...origins };
    }
    // Nothing else is left: the parser makes nodes of these four kinds.
    return this.#readScalar(node as Scalar, origins);
  }

  #readAlias(alias: Alias, keyPath: readonly string[], key: Origin): ConfigNode | undefined {
    const at = this.#originOf(alias, keyPath);
    const target = alias.resolve(this.#document);
    if (!target) return this.#refuse(at, "this alias names no anchor that stands before it");
    if (this.#open.has(target)) return this.#refuse(at, "this alias stands for a value that holds it");
    this.#open.add(target);
    const value = this.read(target, keyPath, key);
    this.#open.delete(target);
    return value;
  }

  #isBeyondAliases(at: Origin): boolean {
    if (this.#open.size === 0) return false;
    this.#aliasedNodes += 1;
    // Once is enough: all that follows is too much as well.
    if (this.#aliasedNodes === MAX_ALIASED_NODES + 1)
      this.#refuse(at, `aliases stand for more than ${MAX_ALIASED_NODES} values`);
    return this.#aliasedNodes > MAX_ALIASED_NODES;
  }

  #readEntries(map: YAMLMap, keyPath: readonly string[], at: Origin): ReadonlyMap<string, ConfigNode> {
    const own = new Map<string, ConfigNode>();
    let inherited: MapNode | undefined;
    // The parser gives maps and lists its own nodes only.
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      // The parser has already told of a key that is no text.
      if (!this.#yaml.isScalar(key)) continue;
      const name = String(key.value ?? "");
      const path = [...keyPath, name];
      const keyOrigin = this.#originOf(key, path);
      if (name === "<<" && key.type === "PLAIN" && value) {
        inherited = this.#readMergeKey(value, keyPath, keyOrigin, inherited);
        continue;
      }
      const unsafe =
        whyUnsafe(name) ?? (name.includes("${") ? "a variable cannot stand in a key" : undefined);
      if (unsafe) this.#refuse(keyOrigin, unsafe);
      else add(own, name, this.#readValue(value, path, keyOrigin));
    }
    if (!inherited) return own;
    return mergeMaps(inherited, { kind: "map", entries: own, key: at, at, overrode: [] }).entries;
  }

  /** A key without a value has the value null, and its own place. */
  #readValue(value: Node | null, keyPath: readonly string[], key: Origin): ConfigNode | undefined {
    const isWritten = value?.range && value.range[1] > value.range[0];
    if (isWritten) return this.read(value, keyPath, key);
    return { kind: "scalar", value: null, key, at: key, overrode: [] };
  }

  /** The map, or the list of maps, that `<<` lays under its siblings. Of a list the first map wins. */
  #readMergeKey(
    value: Node,
    keyPath: readonly string[],
    at: Origin,
    under: MapNode | undefined,
  ): MapNode | undefined {
    const node = this.read(value, keyPath, at);
    if (!node) return under;
    let merged = under;
    for (const map of node.kind === "list" ? node.items.toReversed() : [node]) {
      if (map.kind === "map") merged = merged ? mergeMaps(merged, map) : map;
      else this.#refuse(at, "what << lays under a map is a map, or a list of maps");
    }
    return merged;
  }

  #readScalar({ value }: Scalar, origins: Pick<ConfigNode, "key" | "at" | "overrode">): ConfigNode {
    if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
      this.#refuse(origins.at, "this number is too large to be exact: quote it");
    if (typeof value !== "string") return { kind: "scalar", value, ...origins };
    const template = parseTemplate(value);
    if (!template) return { kind: "scalar", value, ...origins };
    if ("message" in template) {
      this.#refuse(origins.at, template.message);
      return { kind: "scalar", value, ...origins };
    }
    return { kind: "scalar", value, template, ...origins };
  }

  #refuse(origin: Origin, message: string): undefined {
    this.faults.push(faultAt(origin, message));
  }

  #originOf(node: Node, keyPath: readonly string[]): Origin {
    const { line, col } = this.#lines.linePos(node.range?.[0] ?? 0);
    return { source: "file", file: this.#file, line, column: col, keyPath };
  }
}

/** Of a key that stands twice, which is a fault already, both values are kept for what else is wrong with them. */
function add(entries: Map<string, ConfigNode>, key: string, node: ConfigNode | undefined): void {
  const known = entries.get(key);
  if (node) entries.set(key, known ? mergeNodes(known, node) : node);
}
