import type { InvokeData, Next, Plugin, PluginOptions } from "@x/server";
import { getClient } from "@x/server-pg";
import { type NewOrderEvent, wakeFeeds } from "../orders/order-events.ts";

declare module "@x/server" {
  interface DefineApiInject {
    /** Notes what the caller has done to an order, in the request's transaction. */
    noteEvent: (event: NewOrderEvent) => Promise<void>;
  }
}

/** Has handlers note what happens, and tells the feeds. It stands outside of `pg`: they hear of what is committed. */
export class EventsPlugin implements Plugin {
  readonly type: string;
  readonly name: string;

  constructor({ type, name }: PluginOptions) {
    this.type = type;
    this.name = name;
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    let isNoted = false;
    data.noteEvent = async ({ orderId, kind, detail }) => {
      await getClient()
        .insertInto("order_events")
        .values({ tenant_id: data.tenant.id, order_id: orderId, kind, detail, staff_name: data.staff.name })
        .execute();
      isNoted = true;
    };
    await next();
    if (isNoted) wakeFeeds();
  }
}
