import type { Next, PluginIdentity } from "@x/pipeline";
import type { InstanceContext, RequestContext } from "../request/context-types.ts";
import type { MethodsOf, OperationType, PluginTypes, UntypedPlugin } from "./plugin-types.ts";
import type { ClientResponse, PluginResponse } from "../request/response.ts";

// `Promise` is a `PromiseLike`; named beside it, it keeps the errors of async hooks short.
type Awaitable<Value> = Value | Promise<Value> | PromiseLike<Value>;

/**
 * A client plugin. Every field but the name is optional.
 *
 * `Types` are what it adds to the client. `Operations` and `Dependencies` are inferred by `definePlugin`: the
 * first say for which requests its options are accepted, the second make `context.plugins.get` certain.
 */
export interface ClientPlugin<
  Types extends PluginTypes = UntypedPlugin,
  Operations extends readonly OperationType[] = readonly OperationType[],
  Dependencies extends readonly string[] = readonly string[],
> extends PluginIdentity {
  /** Unique in a client. Official plugins take a plain word, all others `vendor:word`. */
  readonly name: string;
  /** The operations whose requests it sees, in every hook. Default: all. */
  readonly operations?: Operations | undefined;
  /** Names of plugins that must be registered beside it. */
  readonly dependencies?: Dependencies | undefined;
  /** Lower is outer. Default: 0. */
  readonly priority?: number | undefined;
  /** Lets its middleware call `next()` again once the previous call has settled, as a retry does. */
  readonly repeatable?: boolean | undefined;

  /** Wraps the request: acts before and after `await next()`, or answers without it. */
  readonly middleware?:
    | Hook<
        [context: RequestContext<Types, Names<Dependencies>>, next: Next<PluginResponse>],
        Awaitable<PluginResponse>
      >
    | undefined;
  /**
   * Runs once per request, on every outcome, after the chain has unwound. A response that it returns takes the
   * place of the response.
   */
  readonly afterResponse?:
    | Hook<
        [context: RequestContext<Types, Names<Dependencies>>, response: ClientResponse],
        // oxlint-disable-next-line typescript/no-invalid-void-type -- returning nothing keeps the response
        Awaitable<PluginResponse | undefined | void>
      >
    | undefined;
  /** Follows an observer through its life. */
  readonly lifecycle?: PluginLifecycle<Types, Dependencies> | undefined;
  /** Makes what other plugins get by `plugins.get(name)`, once per request and only if somebody asks. */
  readonly internal?: Hook<[context: RequestContext<Types, Names<Dependencies>>], object> | undefined;
  /** Makes methods that the client carries. Called once per client. */
  readonly api?: Hook<[context: InstanceContext<Names<Dependencies>>], MethodsOf<Types>> | undefined;
  /** Called once per client, in plugin order. A function that it returns is called by `dispose()`. */
  // oxlint-disable-next-line typescript/no-invalid-void-type -- a set-up with nothing to take down returns nothing
  readonly setup?: Hook<[context: InstanceContext<Names<Dependencies>>], (() => void) | void> | undefined;
}

// Parameters of methods compare both ways. Otherwise a plugin with more exact types, such as one that declares
// dependencies, would be none with less exact ones, and `function cache(): ClientPlugin<CacheTypes>` could not
// return it.
type Hook<Arguments extends readonly unknown[], Result> = {
  call(...args: Arguments): Result;
}["call"];

/** The names in a tuple of dependencies. A plain `string[]` names none. */
type Names<Dependencies extends readonly string[]> = string extends Dependencies[number]
  ? never
  : Dependencies[number];

/** The hooks of an observer. Each is given the context of the observer's latest request. */
export interface PluginLifecycle<Types extends PluginTypes, Dependencies extends readonly string[]> {
  onMount?(context: RequestContext<Types, Names<Dependencies>>): Awaitable<void>;
  onUpdate?(
    context: RequestContext<Types, Names<Dependencies>>,
    previous: RequestContext<Types, Names<Dependencies>>,
  ): Awaitable<void>;
  onUnmount?(context: RequestContext<Types, Names<Dependencies>>): Awaitable<void>;
}

/** Any plugin, whatever its types: the element of the list that `use` takes. */
// oxlint-disable-next-line typescript/no-explicit-any -- it alone relates to the types of every plugin
export interface AnyPlugin extends ClientPlugin<any, readonly OperationType[], any> {
  // A factory has a name, too. A plugin has nothing that functions have, so that nobody forgets to call it.
  readonly call?: never;
}
