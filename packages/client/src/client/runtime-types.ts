import type { OperationChain } from "../request/chain.ts";
import type { ClientConfig } from "./client-types.ts";
import type { Clock } from "../clock.ts";
import type {
  GenericRequestOptions,
  InstanceContext,
  InstrumentSteps,
  QueryKeyParts,
} from "../request/context-types.ts";
import type { ClientError } from "../errors.ts";
import type { NamedListeners } from "../event-emitter.ts";
import type { Observer } from "../observer/observer-types.ts";
import type { PathTemplate } from "../request/path.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import type { ClientEventRegistry } from "../registries.ts";
import type { ClientResponse } from "../request/response.ts";
import type { Session } from "./session.ts";
import type { SharedFetches } from "../request/shared-fetches.ts";
import type { FetchTicket } from "../state/slot.ts";
import type { OwnedStateManager } from "../state/owned-state-manager.ts";
import type { Transport } from "../transport/transport.ts";

/** The observer that a request belongs to, as far as the request needs it. */
export interface RequestOwner {
  readonly instanceId: string;
  readonly mounted: boolean;
  refetch(): Promise<ClientResponse>;
  metaChanged(): void;
  /** The request of that order has its answer. The state is told next. */
  answered(order: number, answer: ClientResponse): void;
}

/** All that the parts of one client share. */
export interface Runtime {
  readonly config: ClientConfig;
  /** With a slash at its end, or empty. */
  readonly baseUrl: string;
  readonly plugins: readonly AnyPlugin[];
  readonly pluginsByName: ReadonlyMap<string, AnyPlugin>;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly state: OwnedStateManager;
  readonly events: NamedListeners<ClientEventRegistry>;
  readonly sharedFetches: SharedFetches<ClientResponse, FetchTicket>;
  /** The mounted observers, each with what makes it follow the identity. */
  readonly mounted: Map<Pick<Observer, "unmount">, () => void>;
  /** What observers of this client have in common, by the operation that keeps it. */
  readonly shared: Map<string, object>;
  /** What ends the requests that hold a timer or a listener. */
  readonly waiting: Set<(error: ClientError) => void>;
  disposed: boolean;
  /** What plugins have at hand outside of requests. */
  readonly scope: InstanceContext;
  /** Asks whose the client is, lets go of what is not theirs, and gives their session. */
  checkIdentity(): Session;
  /** Reports what fails no request. */
  report(error: ClientError): void;
  chainFor(operation: string): OperationChain;
  /** Wraps the steps of the chains for requests made from now on, until what it returns is called. */
  instrument(wrap: InstrumentSteps): () => void;
  templateOf(path: string): PathTemplate;
  queryKeyOf(path: string, parts?: QueryKeyParts, session?: Session): string;
  request(
    path: string,
    options: GenericRequestOptions,
    owner?: RequestOwner,
    session?: Session,
  ): Promise<ClientResponse>;
}
