import type { InvokeContext, Runtime } from "../types.ts";
import { createRequestId, isRequestId } from "./request-id.ts";

/** The object behind `data.context`. The runtime has no setter, so that nothing overwrites it. */
export class InvocationContext implements InvokeContext {
  readonly #runtime: Runtime;
  #requestId: string | undefined;
  #proposedId: unknown;
  readonly deadline?: number;

  /** `proposedId` is taken when it is fit for logs and headers. */
  constructor(runtime: Runtime, proposedId: unknown, deadline?: number) {
    this.#runtime = runtime;
    this.#proposedId = proposedId;
    if (deadline !== undefined) this.deadline = deadline;
  }

  get runtime(): Runtime {
    return this.#runtime;
  }

  /** Made when first read: most requests need none. */
  get requestId(): string {
    return (this.#requestId ??= isRequestId(this.#proposedId) ? this.#proposedId : createRequestId());
  }
}

/** The framework's own fields, which what a caller gives never replaces. */
const OWN_FIELDS: ReadonlySet<string> = new Set(["runtime", "requestId", "deadline", "__proto__"]);

/** Takes over what a platform or a test gives as context. */
export function toInvocationContext(
  runtime: Runtime,
  given: Readonly<Record<string, unknown>> | undefined,
  requestIdHeader: unknown,
): InvocationContext {
  const proposedId = isRequestId(given?.["requestId"]) ? given["requestId"] : requestIdHeader;
  const deadline = given?.["deadline"];
  const context = new InvocationContext(runtime, proposedId, isTime(deadline) ? deadline : undefined);
  for (const [key, value] of Object.entries(given ?? {}))
    // Defined, not assigned: a key such as `constructor` becomes a field of its own and touches no prototype.
    if (!OWN_FIELDS.has(key))
      Object.defineProperty(context, key, { value, writable: true, enumerable: true, configurable: true });
  return context;
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
