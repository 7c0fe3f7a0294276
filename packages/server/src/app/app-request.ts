import type { SignalSource } from "../func/signal-source.ts";
import type { HttpEvent } from "../types.ts";
import type { ApiRoute } from "./api-route.ts";

/** One request as an adapter has it. */
export interface AppRequest {
  readonly event: HttpEvent;
  readonly signalSource: SignalSource;
  /** The route that was entered for it. The adapter leaves it when the response is over. */
  route: ApiRoute | undefined;
}
