import type { Session } from "./session.ts";

const CHANNEL = "order-desk:session";

/** Signs out in all tabs of the browser at once: the session cookie is theirs, too. */
export function shareSignOut(session: Session): { readonly tell: () => void } {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", () => session.set(undefined));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin, and takes none
  return { tell: () => channel.postMessage("signed out") };
}
