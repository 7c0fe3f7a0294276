import type { DatabaseClient } from "@x/server-pg";
import { sql } from "kysely";

/**
 * Notes for every shop what each of the fourteen days before came to. What is noted already is noted anew: an order may
 * have been cancelled since, and a night without a server is made up for.
 */
export async function makeReports(db: DatabaseClient, until: Date): Promise<void> {
  await sql`
    insert into reports (tenant_id, day, orders, total_cents, made_at)
    select tenants.id, day, count(orders.id), coalesce(sum(orders.total_cents), 0), ${until}
    from tenants
    cross join generate_series(
      date_trunc('day', ${until}::timestamptz) - interval '14 days',
      date_trunc('day', ${until}::timestamptz) - interval '1 day',
      '1 day'
    ) as day
    left join orders on orders.tenant_id = tenants.id and orders.status <> 'cancelled'
      and orders.placed_at >= day and orders.placed_at < day + interval '1 day'
    group by tenants.id, day
    on conflict (tenant_id, day) do update
      set orders = excluded.orders, total_cents = excluded.total_cents, made_at = excluded.made_at
  `.execute(db);
}
