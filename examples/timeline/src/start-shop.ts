import { observeSteps } from "@x/pipeline";
import { createApp, type InvokeStepContext, type Logger } from "@x/server";
import type { TimelineStep } from "./timeline-step.ts";

/** Options of `startShop`. */
export interface ShopOptions {
  /** Told of every plugin's and handler's step. */
  readonly onStep?: (step: TimelineStep) => void;
  readonly logger?: Logger;
}

/** Starts the shop's server on a free port of this machine. */
export async function startShop({ onStep, logger }: ShopOptions = {}) {
  // For this process alone. A shop that lasts has its secret in the environment.
  process.env["SHOP_SECRET"] ??= crypto.randomUUID() + crypto.randomUUID();
  // What fails here is meant to, and is drawn.
  process.env["LOG_LEVEL"] ??= "fatal";
  const app = createApp({
    root: new URL("../shop/", import.meta.url),
    ...(logger && { logger }),
    instrument: (steps) =>
      observeSteps<InvokeStepContext, void>(steps, {
        onStepEnd({ context, ...step }) {
          const outcome = step.hook === "handler" && step.outcome === "early" ? "handled" : step.outcome;
          const { requestId } = context.data.context;
          onStep?.({ ...step, outcome, side: "server", requestId });
        },
      }),
  });
  return { app, server: await app.listen({ port: 0, host: "127.0.0.1" }) };
}
