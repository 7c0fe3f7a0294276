import type * as Yaml from "yaml";

const MAX_LENGTH = 20;
const MAX_INDENTATION = 200;
// In a broken file a part of a secret text may look like a key. What neither looks like a name, nor begins a line or
// an item in braces, is not repeated.
const NAME = /^[\w.$-]{1,40}$/;
const START = /(?:^|[\n{,[]|- |\? )[ \t]*$/;

/** The keys that lead to what stands at an offset, as far as a broken file tells. */
export function keyPathAt(
  yaml: typeof Yaml,
  document: Yaml.Document,
  text: string,
  offset: number,
): readonly string[] {
  const path: string[] = [];
  let node: unknown = document.contents;
  while (yaml.isCollection(node) && path.length < MAX_LENGTH) {
    const isMap = yaml.isMap(node);
    const items: readonly unknown[] = node.items;
    const index = items.findLastIndex((item) => startOf(yaml, yaml.isPair(item) ? item.key : item) <= offset);
    const item = items[index];
    if (item === undefined) break;
    const pair = yaml.isPair(item) ? item : undefined;
    const key = isMap && yaml.isScalar(pair?.key) ? String(pair.key.value) : String(index);
    const before = isMap ? text.slice(0, startOf(yaml, pair?.key)) : "";
    if (!NAME.test(key) || !START.test(before.slice(-MAX_INDENTATION))) break;
    path.push(key);
    node = pair ? pair.value : item;
    if (startOf(yaml, node) > offset) break;
  }
  return path;
}

function startOf(yaml: typeof Yaml, node: unknown): number {
  return yaml.isNode(node) ? (node.range?.[0] ?? Infinity) : Infinity;
}
