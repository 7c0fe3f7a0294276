import { ClientError } from "../errors.ts";
import { facade } from "./facade.ts";

/**
 * Gives a store to the first request scope that touches it. Code outside of any scope may touch it, too.
 *
 * @throws ClientError `SECOND_SCOPE` where code of another scope touches it.
 */
export function guardScope<Store extends object>(store: Store, scopeOf: () => unknown): Store {
  let owner = scopeOf();
  return facade(store, () => {
    const scope = scopeOf();
    owner ??= scope;
    if ((scope ?? owner) === owner) return store;
    throw new ClientError("SECOND_SCOPE", "the client of one request was used by another: make one for each");
  });
}
