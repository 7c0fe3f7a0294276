import { SEED_PASSWORD } from "../database/seed-words.ts";
import { createDeskClient } from "../page/src/client/create-desk-client.ts";
import { createSession } from "../page/src/client/session.ts";
import { createTimelineLog } from "../page/src/timeline/create-timeline-log.ts";
import { formatTimeline } from "../page/src/timeline/format-timeline.ts";
import { showExport, showMail } from "./show-jobs.ts";

/** Goes through a day at the desk with the page's own client, prints what each request went through, and gives an exit code. */
export async function runOnce(baseUrl: string, dataFolder: string): Promise<0 | 1> {
  const session = createSession();
  const client = createDeskClient(baseUrl, session);
  const timelines = createTimelineLog(client);
  let failures = 0;

  /** Prints what became of a request, and counts it as a failure if it is not what was expected. */
  async function step<
    Response extends { readonly status: number; readonly error?: { code: string } | undefined },
  >(says: string, expected: number | string, request: Promise<Response>): Promise<Response> {
    const response = await request;
    const result = response.error?.code ?? response.status;
    console.log(`${says}\n> ${result}\n${formatTimeline(timelines.getSnapshot()[0]!)}\n`);
    if (result !== expected) {
      failures += 1;
      console.error(`expected ${expected}, got ${result}\n`);
    }
    return response;
  }

  async function signIn(email: string) {
    const body = { email, password: SEED_PASSWORD };
    const { data } = await client.post("session/sign-in", { body, auth: false });
    if (data) session.set(data);
    client.checkIdentity();
  }

  await signIn("tom@harbour.example");
  await step(
    "The report is for managers: Tom is stopped before the handler.",
    "HTTP_ERROR",
    client.get("admin/report"),
  );

  await signIn("maya@harbour.example");
  const { data: page } = await step(
    "Maya may see the server's steps, too: a read from one end to the other.",
    200,
    client.get("orders/list", { query: { status: "new" } }),
  );
  await step(
    "The same again: the client's cache answers, and nothing is sent.",
    200,
    client.get("orders/list", { query: { status: "new" } }),
  );
  const { data: products } = await step("What there is to sell.", 200, client.get("products/list"));
  const { data: customers } = await step(
    "A customer, found by name.",
    200,
    client.get("customers/search", { query: { search: "ada" } }),
  );

  const customerId = customers?.[0]?.id ?? 0;
  const product = products?.find(({ stock }) => stock > 1);
  const sku = product?.sku ?? "";
  await step(
    "More than there is: a declared error, with its data.",
    "OUT_OF_STOCK",
    client.post("orders/create", { body: { customerId, lines: [{ sku, quantity: 900 }] } }),
  );
  const { data: placed } = await step(
    "As much as there is.",
    201,
    client.post("orders/create", { body: { customerId, lines: [{ sku, quantity: 1 }] } }),
  );
  const id = placed?.id ?? 0;
  failures += await showMail(client, dataFolder, { id, mail: placed?.mail ?? "" });
  await step(
    "A step further.",
    200,
    client.post("orders/change-status", { body: { id, status: "packed", version: 1 } }),
  );
  await step(
    "The same by somebody who has seen an older version: a conflict, and nothing is overwritten.",
    "CONFLICT",
    client.post("orders/change-status", { body: { id, status: "cancelled", version: 1 } }),
  );
  await step(
    "It is cancelled, and what was in it is back in the stock.",
    200,
    client.post("orders/change-status", { body: { id, status: "cancelled", version: 2 } }),
  );
  await step("And there it is.", 200, client.get("orders/detail", { query: { id } }));

  failures += await showExport(client);

  timelines.stop();
  client.dispose();
  console.log(
    `${page?.orders.length ?? 0} new orders were there. ${failures === 0 ? "All as expected." : `${failures} not as expected.`}`,
  );
  return failures === 0 ? 0 : 1;
}
