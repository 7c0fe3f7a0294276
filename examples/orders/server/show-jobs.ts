import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JobProgress } from "@x/jobs";
import type { DeskClient } from "../page/src/client/create-desk-client.ts";
import { followJob } from "./follow-job.ts";

/** Prints what becomes of an order's mail, and gives how many things were not as expected. */
export async function showMail(
  client: DeskClient,
  dataFolder: string,
  { id, mail }: { readonly id: number; readonly mail: string },
): Promise<number> {
  const told = await followJob(client, mail);
  const text = await readFile(join(dataFolder, "outbox", `order-${id}.eml`), "utf8").catch(() => "");
  const [, , to, subject] = text.split("\r\n");
  print("The mail about it was enqueued in its transaction. A job has put it into the outbox.", told);
  console.log(`  ${to}\n  ${subject}\n`);
  return told.at(-1)?.state === "completed" && subject === `Subject: Your order ${id}` ? 0 : 1;
}

/** Exports all orders, prints how far that is as it goes on, and gives how many things were not as expected. */
export async function showExport(client: DeskClient): Promise<number> {
  const { data: started } = await client.post("admin/exports/start");
  const id = started?.id ?? "";
  const told = await followJob(client, id);
  const { data: file } = await client.get("admin/exports/read", { query: { id }, responseType: "blob" });
  const lines = (await file?.text())?.split("\r\n").slice(1, -1) ?? [];
  print("All orders as a file: a job writes it, and tells how far it is.", told);
  console.log(`  ${lines.length} orders, the first of them: ${lines[0]}\n`);
  const last = told.at(-1);
  const { done } = (last?.progress ?? {}) as { done?: number };
  return last?.state === "completed" && lines.length > 0 && done === lines.length ? 0 : 1;
}

function print(says: string, told: readonly JobProgress[]): void {
  const states = told.map(({ state, progress }) => {
    const { done, of } = (progress ?? {}) as { done?: number; of?: number };
    return of ? `${state}, ${done} of ${of}` : state;
  });
  console.log([says, ...states.map((state) => `> ${state}`)].join("\n"));
}
