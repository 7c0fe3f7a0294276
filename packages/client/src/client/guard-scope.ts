import { ClientError } from "../errors.ts";

/**
 * Gives a store to the first request scope that touches it. Code outside of any scope may touch it, too.
 *
 * @throws ClientError `SECOND_SCOPE` where code of another scope touches it.
 */
export function guardScope<Store extends object>(store: Store, scopeOf: (() => unknown) | undefined): Store {
  if (!scopeOf) return store;
  let owner = scopeOf();
  return new Proxy(store, {
    get(target, property) {
      const scope = scopeOf();
      owner ??= scope;
      if ((scope ?? owner) === owner) return Reflect.get(target, property);
      throw new ClientError(
        "SECOND_SCOPE",
        "a client with the data of one request was used by another: make a client for each request",
      );
    },
  });
}
