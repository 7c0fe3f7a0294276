import type { DeskClient } from "./create-desk-client.ts";
import type { Session } from "./session.ts";

/** Asks who the session cookie belongs to. `false` when nobody could be asked; the session is left as it is then. */
export async function resumeSession(client: DeskClient, session: Session): Promise<boolean> {
  const { data, error } = await client.post("session/refresh", { auth: false });
  if (data) session.set(data);
  return !error || error.code === "SIGNED_OUT";
}
