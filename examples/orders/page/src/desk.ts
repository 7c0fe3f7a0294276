import { defineUpdate } from "@x/client-optimistic";
import { createHooks } from "@x/react";
import { createPagesHook } from "@x/react/pages";
import { createQueueHook } from "@x/react/queue";
import { createSubscriptionHook } from "@x/react/subscribe";
import type { Contract } from "../../api/contract.ts";
import { createDeskClient } from "./client/create-desk-client.ts";
import { createSession } from "./client/session.ts";
import { createTimelineLog } from "./timeline/create-timeline-log.ts";

/** Who is signed in, in this tab. */
export const session = createSession();
/** The page's one client. */
export const client = createDeskClient("/", session);
/** What the client's latest requests went through. */
export const timelines = createTimelineLog(client);

const hooks = createHooks(client);
export const { useRead, useWrite } = hooks;
export const usePages = createPagesHook(hooks);
export const useQueue = createQueueHook(hooks);
export const useSubscription = createSubscriptionHook(hooks);
export const update = defineUpdate<Contract>();

// Whoever comes or goes, the screen changes with it, and not with the next request.
session.subscribe(() => client.checkIdentity());
