import { createClient, fetchTransport, type RequestContext } from "@x/client";
import { cache } from "@x/client-cache";
import { observeSteps, type StepEndEvent } from "@x/pipeline";
import type { ShopApi } from "./contract.ts";
import { bearer, requestId, session } from "./plugins.ts";
import type { TimelineStep } from "./timeline-step.ts";

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
      const endedAt = performance.now();
      const position = Number.POSITIVE_INFINITY;
      onStep({ side: "client", name: "fetch", position, startedAt, endedAt, outcome: "sent" });
      return response;
    },
  }).use([requestId(), cache({ staleTime: 60_000 }), session(), bearer()]);
}
