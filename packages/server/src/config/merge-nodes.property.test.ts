import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Fault } from "../errors.ts";
import { isPlainObject, toCodeNode } from "./code-nodes.ts";
import { mergeNodes } from "./merge-nodes.ts";
import { rawValue } from "./node-value.ts";
import { whyUnsafe } from "./unsafe-keys.ts";

const key = fc.oneof(
  fc.constantFrom("a", "b", "c", "0", "10", "2", "toString", "valueOf", "hasOwnProperty", "length", ""),
  fc.string({ maxLength: 3 }).filter((text) => whyUnsafe(text) === undefined),
);
const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.constant(new Date(0)));
const { tree: value } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(key, tie("tree")),
  ),
}));
const map = fc.dictionary(key, value);

function merge(...values: unknown[]): unknown {
  const faults: Fault[] = [];
  const merged = rawValue(values.map((layer) => toCodeNode(layer, faults)).reduce(mergeNodes));
  expect(faults).toEqual([]);
  return merged;
}

/** The same rule, written down another way: what is a map on both sides merges, the right-most of all else wins. */
function expected(under: unknown, over: unknown): unknown {
  if (!isPlainObject(under) || !isPlainObject(over)) return over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries(
    [...keys].map((name) => {
      if (!Object.hasOwn(over, name)) return [name, under[name]];
      return [name, Object.hasOwn(under, name) ? expected(under[name], over[name]) : over[name]];
    }),
  );
}

it("B-66: maps merge at any depth, arrays replace, and the right-most value wins", () => {
  fc.assert(
    fc.property(map, map, map, (a, b, c) => {
      expect(merge(a, b, c)).toEqual(expected(expected(a, b), c));
    }),
  );
});

it("B-66: merging with nothing or with itself changes nothing", () => {
  fc.assert(
    fc.property(map, (a) => {
      expect(merge(a, {})).toEqual(a);
      expect(merge({}, a)).toEqual(a);
      expect(merge(a, a)).toEqual(a);
    }),
  );
});

it("B-66: inputs stay as they are, and no container of theirs is shared with what they merge into", () => {
  fc.assert(
    fc.property(map, map, (a, b) => {
      const before = structuredClone([a, b]);
      const merged = merge(a, b);
      expect([a, b]).toEqual(before);
      const containers = new Set([...containersIn(a), ...containersIn(b)]);
      expect(containersIn(merged).filter((container) => containers.has(container))).toEqual([]);
    }),
  );
});

it("B-66: no key reaches a prototype, wherever it stands", () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const evil = fc.constantFrom("__proto__", "constructor", "prototype");
  fc.assert(
    fc.property(map, fc.array(fc.constantFrom("a", "b")), evil, map, (a, path, name, payload) => {
      const hostile = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify({ ...payload, polluted: 1 })}}`);
      const nested = path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), hostile);
      const faults: Fault[] = [];
      const merged = rawValue(mergeNodes(toCodeNode(a, faults), toCodeNode(nested, faults)));
      expect(faults.map(({ keyPath }) => keyPath)).toEqual([[...path, name]]);
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
      expect({}).not.toHaveProperty("polluted");
      for (const container of containersIn(merged)) {
        expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(container));
        expect(container).not.toHaveProperty("polluted");
      }
    }),
  );
});

it("B-66: instances of classes are kept by reference, and are neither merged nor copied", () => {
  class Pool {
    size = 1;
  }
  const [pool, other, log] = [new Pool(), new Pool(), () => {}];
  expect(merge({ pool }, { pool: other, log })).toEqual({ pool: other, log });
  const merged = merge({ pool, list: [other] }, { pool: { size: 2 }, log });
  expect(merged).toStrictEqual({ pool: { size: 2 }, list: [other], log });
  const kept = merge({ pool }, { a: 1 });
  expect(isPlainObject(kept) && kept["pool"]).toBe(pool);
});

function containersIn(root: unknown): object[] {
  if (Array.isArray(root)) return [root, ...root.flatMap(containersIn)];
  return isPlainObject(root) ? [root, ...Object.values(root).flatMap(containersIn)] : [];
}
