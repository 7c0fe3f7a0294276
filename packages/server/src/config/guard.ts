import { isContainer } from "./code-nodes.ts";
import { redact, type Shows } from "./redact.ts";

/** What Node's `util.inspect`, and with it `console.log`, calls instead of listing an object. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How a guarded copy is made. */
export interface GuardOptions {
  /** The keys that lead to the value, from `plugins` on. */
  readonly keyPath: readonly string[];
  readonly shows: Shows;
  /** Whether the copy may be changed. */
  readonly frozen?: boolean;
}

/**
 * A deep copy that gives its values to whoever reads its keys, and shows none to whoever prints or serialises it.
 * Instances of classes are kept as they are. A copy of the copy, as by spreading, is plain again.
 */
export function guard<Value>(value: Value, options: GuardOptions): Value {
  if (!isContainer(value)) return value;
  const child = (key: string, item: unknown) =>
    guard(item, { ...options, keyPath: [...options.keyPath, key] });
  const copy = Array.isArray(value)
    ? value.map((item, index) => child(String(index), item))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, child(key, item)]));
  hideWhenPrinted(copy, options.keyPath, options.shows);
  // The copy has the keys of the value.
  return (options.frozen ? Object.freeze(copy) : copy) as Value;
}

/**
 * Makes `util.inspect` show an object redacted. A plugin that has spread its configuration into an object of its own is
 * printed as safely as one that kept what it was given; what it serialises is its own affair.
 */
export function hideWhenInspected(value: unknown, keyPath: readonly string[], shows: Shows): void {
  if (!isContainer(value) || !Object.isExtensible(value) || Object.hasOwn(value, INSPECT)) return;
  hide(value, INSPECT, () => redact(value, keyPath, shows));
}

/** Makes every text that is made of an object, but for a deliberate copy, show it redacted. */
export function hideWhenPrinted(value: object, keyPath: readonly string[], shows: Shows): void {
  const shown = () => redact(value, keyPath, shows);
  hide(value, INSPECT, shown);
  hide(value, "toJSON", shown);
  // The text of an array is its items.
  const text = () => JSON.stringify(shown());
  hide(value, "toString", text);
  hide(value, "toLocaleString", text);
}

/** Not enumerable: who lists, spreads or compares the object does not meet it. */
function hide(value: object, key: PropertyKey, run: () => unknown): void {
  // A value of that name, such as a setting called `toString`, is the configuration's own.
  if (Object.hasOwn(value, key)) return;
  Object.defineProperty(value, key, { value: run, enumerable: false, configurable: true, writable: true });
}
