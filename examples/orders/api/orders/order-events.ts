import type { DatabaseClient } from "@x/server-pg";
import type { OrderEventKind } from "../../database/tables.ts";

/** Something that happened to an order. */
export interface OrderEvent {
  readonly id: number;
  readonly orderId: number;
  readonly kind: OrderEventKind;
  readonly detail: string;
  readonly by: string;
  readonly at: Date;
}

/** What is to be noted of an event. Whose it is, and when, is known. */
export type NewOrderEvent = Pick<OrderEvent, "orderId" | "kind" | "detail">;

/** Wakes the feeds of this process. What happened they read from the table, which all processes share. */
const feeds = new EventTarget();

/** Tells the feeds that something was noted. Call it once that is committed. */
export function wakeFeeds(): void {
  feeds.dispatchEvent(new Event("wake"));
}

/** The id of a shop's latest event. */
export async function latestEventId(db: DatabaseClient, tenantId: string): Promise<number> {
  const { id } = await db
    .selectFrom("order_events")
    .select(({ fn }) => fn.max("id").as("id"))
    .where("tenant_id", "=", tenantId)
    .executeTakeFirstOrThrow();
  return id ?? 0;
}

/** All events of a shop after a known one, as they happen, until the signal aborts. */
export async function* followEvents(
  db: DatabaseClient,
  tenantId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<OrderEvent> {
  let latest = after;
  while (!signal.aborted) {
    // Listening before reading: what happens in between is not missed.
    const woken = nextWake(signal);
    const events = await db
      .selectFrom("order_events")
      .select(["id", "order_id as orderId", "kind", "detail", "staff_name as by", "happened_at as at"])
      .where("tenant_id", "=", tenantId)
      .where("id", ">", latest)
      .orderBy("id")
      .execute();
    for (const event of events) yield event;
    latest = events.at(-1)?.id ?? latest;
    if (events.length === 0) await woken;
  }
}

function nextWake(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      feeds.removeEventListener("wake", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    feeds.addEventListener("wake", done);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
