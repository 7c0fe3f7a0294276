import type { RequestContext } from "@x/client";

/** Remembers what was made of each version of the data. */
interface Versions {
  /** What `change` makes of the data, called only if it has not been called for this version. */
  get(
    context: Pick<RequestContext, "queryKey" | "operationType">,
    received: unknown,
    change: (received: unknown) => unknown,
  ): unknown;
}

interface Version {
  readonly received: unknown;
  readonly change: unknown;
  readonly made: unknown;
}

/** How many keys with a text or a number as data are remembered. Beyond it, the oldest is made again when it is served. */
const MAX_KEYS = 1_000;

export function createVersions(): Versions {
  // Objects are remembered for as long as somebody has them. What is no object is the same wherever it occurs, so
  // its version is what a key has.
  const byObject = new WeakMap<object, Version>();
  const byKey = new Map<string, Version>();

  const find = (key: string, received: unknown) =>
    isObject(received) ? byObject.get(received) : byKey.get(key);

  function keep(key: string, version: Version): void {
    if (isObject(version.received)) {
      byObject.set(version.received, version);
      return;
    }
    byKey.delete(key);
    byKey.set(key, version);
    if (byKey.size > MAX_KEYS) byKey.delete(byKey.keys().next().value!);
  }

  function forget(key: string, version: Version): void {
    if (find(key, version.received) !== version) return;
    if (isObject(version.received)) byObject.delete(version.received);
    else byKey.delete(key);
  }

  return {
    get({ queryKey, operationType }, received, change) {
      const known = find(queryKey, received);
      if (known && Object.is(known.received, received) && known.change === change) return known.made;
      const version: Version = { received, change, made: change(received) };
      // Two writes that are answered with the same number have two answers.
      if (isObject(received) || operationType !== "write") keep(queryKey, version);
      // What failed is tried again. The failure itself is for those who wait for it.
      if (isPromise(version.made)) version.made.then(undefined, () => forget(queryKey, version));
      return version.made;
    },
  };
}

/** Whether a transform will have its data later. */
export function isPromise(made: unknown): made is PromiseLike<unknown> {
  return isObject(made) && "then" in made && typeof made.then === "function";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
