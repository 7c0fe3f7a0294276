import type { RouteDefinition } from "./api-route.ts";

/** Where routes come from: code, or files. */
export interface RouteSource {
  /** All routes as they are now, in a stable order. */
  scan(): Promise<readonly RouteDefinition[]>;
  /**
   * Has what has changed loaded afresh the next time.
   *
   * @param changed Absolute paths; `undefined` for whatever there is.
   * @param broken Routes that are to be tried again in any case.
   * @returns Which routes are no longer what their sources say.
   */
  invalidate(
    changed: readonly string[] | undefined,
    broken: readonly RouteDefinition[],
  ): (definition: RouteDefinition) => boolean;
  close(): void;
}
