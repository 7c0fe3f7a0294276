import { createSubscription } from "@x/client/subscribe";
import { serverSentEvents } from "@x/client-subscribe";
import type { JobProgress } from "@x/jobs";
import type { DeskClient } from "../page/src/client/create-desk-client.ts";

const ENDED = new Set(["completed", "failed", "cancelled"]);

/** Follows a job to its end, and gives what it has told on its way: less than that when it cannot be followed. */
export function followJob(client: DeskClient, id: string): Promise<readonly JobProgress[]> {
  const subscription = createSubscription(client, "jobs/progress", {
    adapter: serverSentEvents(),
    query: { id },
    accumulate: "append",
  });
  return new Promise((resolve) => {
    const stop = subscription.subscribe(() => {
      const { data = [], error } = subscription.getSnapshot();
      const told = data.filter((it) => it !== undefined);
      if (!error && !ENDED.has(told.at(-1)?.state ?? "")) return;
      stop();
      subscription.unmount();
      resolve(told);
    });
    subscription.mount();
  });
}
