import type { Fault } from "../errors.ts";
import { type ConfigNode, faultAt, type Origin } from "./config-node.ts";
import { whyUnsafe } from "./unsafe-keys.ts";

/**
 * Values of code as nodes of configuration. Plain objects become maps, arrays lists; instances of classes and functions
 * are kept as they are. A key whose value is `undefined` says nothing. What is at fault is told and left out.
 */
export function toCodeNode(
  value: unknown,
  faults: Fault[],
  keyPath: readonly string[] = [],
  holders: readonly object[] = [],
): ConfigNode {
  const at: Origin = { source: "code", keyPath };
  const origins = { key: at, at, overrode: [] };
  const children = isContainer(value) ? [...holders, value] : holders;
  if (isContainer(value) && holders.includes(value)) {
    faults.push(faultAt(at, "this object holds itself"));
    return { kind: "scalar", value: undefined, ...origins };
  }
  if (Array.isArray(value)) {
    const items = Array.from(value, (item, index) =>
      toCodeNode(item, faults, [...keyPath, String(index)], children),
    );
    return { kind: "list", items, ...origins };
  }
  if (!isPlainObject(value)) return { kind: "scalar", value, ...origins };
  const entries = new Map<string, ConfigNode>();
  for (const [key, child] of Object.entries(value)) {
    const path = [...keyPath, key];
    const unsafe = whyUnsafe(key);
    if (unsafe) faults.push(faultAt({ source: "code", keyPath: path }, unsafe));
    else if (child !== undefined) entries.set(key, toCodeNode(child, faults, path, children));
  }
  return { kind: "map", entries, ...origins };
}

/** Tells an object literal, also one of another realm, from an instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    // Of all prototypes without one of their own, only Object.prototype has this.
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf"))
  );
}

/** Tells what is read into from what is kept as it is. */
export function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return Array.isArray(value) || isPlainObject(value);
}
