/** Stands for an object: each time that it is used, it is what `choose` gives. */
export function facade<Target extends object>(target: Target, choose: () => Target): Target {
  return new Proxy(target, { get: (_, property) => Reflect.get(choose(), property) });
}
