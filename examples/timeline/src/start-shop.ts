import { observeSteps } from "@x/pipeline";
import { createApp, type InvokeStepContext, type Logger } from "@x/server";
import type { TimelineStep } from "./timeline-step.ts";

/** Options of `startShop`. */
export interface ShopOptions {
  /** Told of every plugin's and handler's step, with the id of the request that it belongs to. */
  readonly onStep?: (requestId: string, step: TimelineStep) => void;
  readonly logger?: Logger;
}

/** Starts the shop's server on a free port of this machine. */
export async function startShop({ onStep, logger }: ShopOptions = {}) {
  // For this process alone. A shop that lasts has its secret in the environment.
  process.env["SHOP_SECRET"] ??= crypto.randomUUID() + crypto.randomUUID();
  process.env["LOG_LEVEL"] ??= "warn";
  const app = createApp({
    root: new URL("../shop/", import.meta.url),
    ...(logger && { logger }),
    instrument: (steps) =>
      observeSteps<InvokeStepContext, void>(steps, {
        onStepEnd({ context, ...step }) {
          const outcome = step.hook === "handler" && step.outcome === "early" ? "handled" : step.outcome;
          onStep?.(context.data.context.requestId, { ...step, outcome, side: "server" });
        },
      }),
  });
  return { app, server: await app.listen({ port: 0, host: "127.0.0.1" }) };
}
