import type { RequestOwner, Runtime } from "../client/runtime-types.ts";
import { createListeners, type Listeners } from "../observer/listeners.ts";
import { callHooks } from "../plugin/call-hook.ts";
import { Context } from "../request/context.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import type { ClientResponse } from "../request/response.ts";
import { runRequest } from "../request/run-request.ts";

/** What an owner needs of the operation that it stands for. */
export interface SharedOwnerHost<Options> {
  /** What a context is made of that nothing is sent with, or not yet: it stands for `latest`, if that is given. */
  toRequest(options: Options, latest: Context | undefined): GenericRequestOptions;
  /** Answers `context.refetch()`. */
  refetch(): Promise<ClientResponse>;
  /** The snapshot is out of date. The listeners are told next. */
  changed(): void;
  /** The first observer is mounted, and the hooks have seen this context. */
  started(first: Context): void;
  /** A context with newer options stands for a request. */
  updated(previous: Context, current: Context): void;
  /** The last observer is unmounted, and the hooks have been told. */
  ended(): void;
}

/** Stands before plugins for all equal observers: it is mounted with the first of them and unmounted with the last. */
export interface SharedOwner<Options> {
  readonly mounted: boolean;
  /** Those of the observer that was mounted or updated last. */
  readonly options: Options;
  /** Those of all observers that are mounted. */
  allOptions(): Options[];
  /** The context of the latest request, or an idle one. */
  readonly latest: Context | undefined;
  readonly subscribe: Listeners["add"];
  /** Takes the options of an observer that is mounted, or has others now. Gives whether it is the first. */
  join(member: object, options: Options): boolean;
  leave(member: object): void;
  /** Takes the options of an observer that need not be mounted. */
  use(options: Options): void;
  createContext(request: GenericRequestOptions): Context;
  /** Sends a request. `apply` is given the answer before the state is, and is told of no other. */
  send(context: Context, apply: (answer: ClientResponse) => void): Promise<ClientResponse>;
  /** Tells that the snapshot has changed. */
  changed(): void;
}

export function createSharedOwner<Options>(
  runtime: Runtime,
  path: string,
  initialOptions: Options,
  host: SharedOwnerHost<Options>,
): SharedOwner<Options> {
  const instanceId = `observer-${runtime.state.mark()}`;
  const members = new Map<object, Options>();
  const listeners = createListeners(runtime.report, path);
  const underWay = new Map<number, (answer: ClientResponse) => void>();
  let options = initialOptions;
  let latest: Context | undefined;
  /** Whether there is news that no listener has been told. */
  let untold = false;

  const asOwner: RequestOwner = {
    instanceId,
    get mounted() {
      return members.size > 0;
    },
    refetch: () => host.refetch(),
    metaChanged: changed,
    answered(order, answer) {
      untold = true;
      underWay.get(order)?.(answer);
    },
  };

  function createContext(request: GenericRequestOptions): Context {
    return new Context(runtime, path, request, asOwner);
  }

  function changed(): void {
    untold = false;
    host.changed();
    listeners.tell();
  }

  function take(next: Options): void {
    if (next === options) return;
    options = next;
    const previous = latest;
    if (!previous || members.size === 0) return;
    const current = createContext(host.toRequest(options, previous));
    current.continueFrom(previous);
    latest = current;
    host.updated(previous, current);
    callHooks(runtime, "onUpdate", current, previous);
  }

  return {
    get mounted() {
      return members.size > 0;
    },
    get options() {
      return options;
    },
    get latest() {
      return latest;
    },
    allOptions: () => [...members.values()],
    subscribe: listeners.add,
    use: take,
    createContext,
    changed,

    join(member, next) {
      const isFirst = members.size === 0;
      // The latest is the last one, whose options hold.
      members.delete(member);
      members.set(member, next);
      if (!isFirst) {
        take(next);
        return false;
      }
      options = next;
      const first = createContext(host.toRequest(options, undefined));
      latest = first;
      callHooks(runtime, "onMount", first);
      // A hook may have unmounted it, or sent a request by itself.
      if (members.size > 0 && latest === first) host.started(first);
      return true;
    },

    leave(member) {
      if (!members.delete(member)) return;
      const [last] = [...members.values()].slice(-1);
      if (last !== undefined) return take(last);
      if (latest) callHooks(runtime, "onUnmount", latest);
      latest?.cleanUp();
      host.ended();
    },

    async send(context, apply) {
      latest = context;
      underWay.set(context.order, apply);
      changed();
      const answer = await runRequest(context);
      underWay.delete(context.order);
      if (untold) changed();
      return answer;
    },
  };
}
