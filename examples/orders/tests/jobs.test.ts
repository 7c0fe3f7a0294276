import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createJobs } from "@x/jobs";
import { openDatabase } from "@x/server-pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import nightlyReport from "../jobs/nightly-report.job.ts";
import type { DeskClient } from "../page/src/client/create-desk-client.ts";
import { followJob } from "../server/follow-job.ts";
import { CLERK, MANAGER, OTHER_SHOP, startTestDesk, type TestDesk } from "./start-test-desk.ts";

let desk: TestDesk;
let clerk: DeskClient;
let manager: DeskClient;
let stranger: DeskClient;
beforeAll(async () => {
  desk = await startTestDesk();
  clerk = await desk.signIn(CLERK);
  manager = await desk.signIn(MANAGER);
  stranger = await desk.signIn(OTHER_SHOP);
});
afterAll(() => desk.close());

async function placeOrder(quantity: number) {
  const { data: products = [] } = await clerk.get("products/list", { staleTime: 0 });
  const { data: customers = [] } = await clerk.get("customers/search", { query: { search: "a" } });
  const { sku, name } = products.find(({ stock }) => stock > 10)!;
  const lines = [{ sku, quantity }];
  const { data } = await clerk.post("orders/create", { body: { customerId: customers[0]!.id, lines } });
  return { placed: data, product: name, customer: customers[0]! };
}

const readOutbox = () => readdir(join(desk.dataFolder, "outbox")).catch(() => []);

describe("the mail about an order", () => {
  it("is in the outbox soon after the order, and says what was ordered", async () => {
    const { placed, product, customer } = await placeOrder(2);
    const told = await followJob(clerk, placed!.mail);
    expect(told.at(-1)).toMatchObject({ state: "completed", attempts: 1 });
    const mail = await readFile(join(desk.dataFolder, "outbox", `order-${placed!.id}.eml`), "utf8");
    expect(mail).toContain(`\r\nTo: "${customer.name}" <${customer.email}>\r\n`);
    expect(mail).toContain(`\r\n2 x ${product}: `);
  });

  it("is never written for an order that was refused", async () => {
    const { placed } = await placeOrder(1);
    await placeOrder(999);
    const { placed: next } = await placeOrder(1);
    // Jobs are taken in their order: a mail between these two would be there by now.
    await followJob(clerk, next!.mail);
    expect(await readOutbox()).toContain(`order-${next!.id}.eml`);
    const written = (await readOutbox()).filter((name) => name > `order-${placed!.id}.eml`);
    expect(written).toEqual([`order-${next!.id}.eml`]);
  });
});

describe("an export", () => {
  const startExport = async () => (await manager.post("admin/exports/start")).data!.id;
  const read = (client: DeskClient, id: string) =>
    client.get("admin/exports/read", { query: { id }, responseType: "blob" });

  it("tells how far it is, and becomes a file of all orders", async () => {
    const id = await startExport();
    const told = await followJob(manager, id);
    const { done, of } = told.at(-1)!.progress as { done: number; of: number };
    expect([told.at(-1)!.state, done]).toEqual(["completed", of]);
    const { data, headers } = await read(manager, id);
    const [headings, ...orders] = (await data!.text()).split("\r\n").slice(0, -1);
    expect(headings).toBe("order,placed,status,customer,email,city,total,note");
    expect(orders).toHaveLength(done);
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(headers["content-disposition"]).toBe('attachment; filename="orders.csv"');
  });

  it("is not to be had before it is through, nor by a name that is no export's", async () => {
    expect((await read(manager, crypto.randomUUID())).error?.code).toBe("NO_SUCH_EXPORT");
    expect((await read(manager, "../../pg/PG_VERSION")).status).toBe(400);
  });

  it("is its shop's alone, and its managers'", async () => {
    const id = await startExport();
    await followJob(manager, id);
    expect((await read(stranger, id)).error?.code).toBe("NO_SUCH_EXPORT");
    expect((await stranger.get("jobs/progress", { query: { id } })).status).toBe(404);
    expect((await read(clerk, id)).status).toBe(403);
    expect((await clerk.post("admin/exports/start")).status).toBe(403);
  });
});

it("the nightly report notes the days before anew, for every shop", async () => {
  await using database = await openDatabase({ folder: join(desk.dataFolder, "pg") });
  await using jobs = createJobs({ db: database.db, jobs: [nightlyReport] });
  await database.db.updateTable("reports").set({ orders: 0, total_cents: 0 }).execute();
  const { id } = await jobs.enqueue(nightlyReport);
  await expect.poll(async () => (await jobs.show(id)).state).toBe("completed");

  for (const client of [manager, stranger]) {
    const { days } = (await client.get("admin/report", { staleTime: 0 })).data!;
    expect(days).toHaveLength(14);
    expect(days.every(({ orders, totalCents }) => orders > 0 === totalCents > 0)).toBe(true);
    expect(days.some(({ orders }) => orders > 0)).toBe(true);
    expect(Date.parse(days.at(-1)!.madeAt)).toBeGreaterThan(Date.now() - 60_000);
  }
});
