import type { ClientRequest } from "@x/client";

/**
 * Remembers a request as it is, and returns a function that makes it so again, whatever plugins have done to it and
 * to what is in it.
 */
export function keepPristine(request: ClientRequest): () => void {
  const pristine = { ...request };
  // The first attempt works on copies, too: what it changes in place would be changed in what is remembered.
  renewContents(request, pristine);
  return () => renewContents(Object.assign(request, pristine), pristine);
}

function renewContents(request: ClientRequest, { headers, params, query, body }: ClientRequest): void {
  request.headers = { ...headers };
  request.params = params && { ...params };
  request.query = copyPlain(query);
  request.body = copyPlain(body);
}

/**
 * Copies lists and plain objects, however deep. All else stays the same: dates, forms and files are not changed by
 * those who send them, and an instance of a class may not be an instance any more when it is copied.
 */
function copyPlain<Value>(value: Value, known?: Map<object, unknown>): Value {
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const copies = known ?? new Map<object, unknown>();
  // What contains itself is for the client to refuse.
  const copied = copies.get(value);
  // A copy has the type of what it was made of.
  if (copied) return copied as Value;
  const copy: object = Array.isArray(value) ? [] : {};
  copies.set(value, copy);
  for (const [name, item] of Object.entries(value))
    // Not by assignment, for which `__proto__` is no name like others.
    Object.defineProperty(copy, name, {
      value: copyPlain<unknown>(item, copies),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return copy as Value;
}

function isPlain(value: object): boolean {
  // It says itself what stands for it, perhaps by a method that is no own property.
  if ("toJSON" in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
