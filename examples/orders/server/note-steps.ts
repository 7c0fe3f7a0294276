import { observeSteps } from "@x/pipeline";
import type { Instrument, InvokeStepContext } from "@x/server";

/** Notes on each request's `data.steps` when its plugins and its handler ran, for the plugin `steps` to tell. */
export const noteSteps: Instrument = (steps) =>
  observeSteps<InvokeStepContext, void>(steps, {
    onStepEnd({ context, name, startedAt, endedAt, outcome }) {
      (context.data.steps ??= []).push({ name, startedAt, endedAt, outcome });
    },
  });
