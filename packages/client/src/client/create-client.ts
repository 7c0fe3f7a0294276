import type { CheckedApi, UntypedApi } from "./api-types.ts";
import type { Client, ClientBase, ClientConfig } from "./client-types.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import { ClientError } from "../errors.ts";
import { createObserver } from "../observer/observer.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import { disposedError } from "../request/refusal.ts";
import { createRuntime } from "./runtime.ts";
import { setUpPlugins } from "../plugin/set-up-plugins.ts";

/**
 * Creates a client. `Api` describes the server's paths; plugins are added by `use`.
 *
 * @throws ClientError `INVALID_BASE_URL`. Requests themselves never throw: they resolve to data or an error.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 *
 * interface Api {
 *   "posts/:id": { GET: { data: { title: string } } };
 * }
 *
 * const client = createClient<Api>({ baseUrl: "https://api.example/v1" });
 * const { data, error } = await client.get("posts/:id", { params: { id: 1 } });
 * console.log(error ? error.code : data.title);
 * ```
 */
export function createClient<Api extends CheckedApi<Api> = UntypedApi>(
  config: ClientConfig = {},
): Client<Api> {
  return clientWith(config, []) as unknown as Client<Api>;
}

type AnyClient = ClientBase<UntypedApi, readonly AnyPlugin[]>;

function clientWith(config: ClientConfig, plugins: readonly AnyPlugin[]): AnyClient {
  const runtime = createRuntime(config, plugins);
  const method = (name: string) => (path: string, options?: GenericRequestOptions) =>
    runtime.request(path, { ...options, method: name });

  const client: AnyClient = {
    get: method("GET") as AnyClient["get"],
    post: method("POST") as AnyClient["post"],
    put: method("PUT") as AnyClient["put"],
    patch: method("PATCH") as AnyClient["patch"],
    delete: method("DELETE") as AnyClient["delete"],
    request: (path, options = {}) => runtime.request(path, options),
    observe: ((path: string, options: GenericRequestOptions = {}) =>
      createObserver(runtime, path, options, true)) as AnyClient["observe"],
    observeRequest: (path, options = {}) => createObserver(runtime, path, options, false),
    use: ((added: readonly AnyPlugin[]) => {
      // `resolvePlugins` says what is wrong with a list that is no array.
      return clientWith(config, Array.isArray(added) ? [...plugins, ...added] : added);
    }) as unknown as AnyClient["use"],
    queryKeyOf: runtime.queryKeyOf,
    checkIdentity: () => runtime.checkIdentity().identity,
    stateManager: runtime.state,
    eventEmitter: runtime.events,
    "~runtime": runtime,
    dehydrate: () => runtime.state.dehydrate(),
    hydrate: (state) => runtime.state.hydrate(state),
    dispose,
    // Where the platform has no such symbol, nothing else could call the method either.
    [Symbol.dispose ?? Symbol("dispose")]: dispose,
  };
  const { methods, takeDown } = setUpPlugins(runtime);
  try {
    for (const [plugin, added] of methods) addMethods(client, plugin, added);
  } catch (error) {
    takeDown();
    throw error;
  }

  function dispose(): void {
    if (runtime.disposed) return;
    for (const observer of [...runtime.mounted.keys()]) observer.unmount();
    takeDown();
    runtime.disposed = true;
    for (const end of [...runtime.waiting]) end(disposedError());
    runtime.events.clear();
    runtime.state.dispose();
  }
  return client;
}

function addMethods(client: object, plugin: string, methods: object): void {
  for (const name of Object.keys(methods)) {
    if (name in client)
      throw new ClientError(
        "METHOD_TAKEN",
        `the plugin "${plugin}" adds the method "${name}", which the client has`,
        {
          plugin,
        },
      );
  }
  Object.assign(client, methods);
}
