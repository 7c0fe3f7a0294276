import { createClient, inProcessTransport, type RequestContext } from "@x/client";
import { observeSteps, type StepEndEvent } from "@x/pipeline";
import { createShop, type ShopApi } from "./api.ts";
import type { TimelineStep } from "./format-timeline.ts";
import { cacheWhenEnabled, flags, requestId, timing } from "./plugins.ts";

/** The shop's client. Every plugin's step, and the transport as the innermost one, is told to `onStep`. */
export function createShopClient(onStep: (step: TimelineStep) => void) {
  const send = inProcessTransport(createShop());
  return createClient<ShopApi>({
    instrument: (steps) =>
      observeSteps(steps, { onStepEnd: (event: StepEndEvent<RequestContext>) => onStep(event) }),
    async transport(request) {
      const startedAt = performance.now();
      const response = await send(request);
      const endedAt = performance.now();
      onStep({ name: "transport", position: Number.POSITIVE_INFINITY, startedAt, endedAt, outcome: "sent" });
      return response;
    },
  }).use([timing(), requestId(), flags(), cacheWhenEnabled()]);
}
