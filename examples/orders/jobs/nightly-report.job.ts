import { defineJob } from "@x/jobs";
import { makeReports } from "../database/make-reports.ts";

/** Soon after midnight in UTC; when nobody was there then, as soon as somebody is. */
export default defineJob({
  queue: "reports/nightly",
  cron: { pattern: "5 0 * * *", missed: "latest" },
  transactional: true,
  handler: ({ tx, job: { slot, dueAt } }) => makeReports(tx, slot ?? dueAt),
});
