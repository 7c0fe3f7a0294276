import { createClient, fetchTransport, type RequestContext } from "@x/client";
import { cache } from "@x/client-cache";
import { deduplication } from "@x/client-deduplication";
import { invalidation } from "@x/client-invalidation";
import { optimistic } from "@x/client-optimistic";
import { progress } from "@x/client-progress";
import { retry } from "@x/client-retry";
import { observeSteps, type StepEndEvent } from "@x/pipeline";
import type { ShopApi } from "./contract.ts";
import { bearer, requestId, session } from "./plugins.ts";
import type { TimelineStep } from "./timeline-step.ts";

/** A client of the shop. */
export type ShopClient = ReturnType<typeof createShopClient>;

/** The shop's client, over HTTP. Every plugin's step, and the transport as the innermost one, is told to `onStep`. */
export function createShopClient(baseUrl: string, onStep: (step: TimelineStep) => void) {
  const send = fetchTransport();
  return createClient<ShopApi>({
    baseUrl,
    instrument: (steps) =>
      observeSteps(steps, {
        onStepEnd: (event: StepEndEvent<RequestContext>) => onStep({ ...event, side: "client" }),
      }),
    async transport(request) {
      const startedAt = performance.now();
      const response = await send(request);
      onStep({
        side: "client",
        name: "fetch",
        position: Number.POSITIVE_INFINITY,
        startedAt,
        endedAt: performance.now(),
        outcome: "sent",
        note: String(response.status),
        requestId: request.headers["x-request-id"],
      });
      return response;
    },
  }).use([
    cache({ staleTime: 60_000 }),
    deduplication(),
    optimistic(),
    progress(),
    retry({ retryDelay: 60 }),
    invalidation(),
    requestId(),
    session(),
    bearer(),
  ]);
}
