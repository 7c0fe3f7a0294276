import { jobProgress } from "@x/jobs";

/** How far a job of the caller's shop is, as it goes on. */
export default jobProgress(({ jobs }) => jobs, {
  intervalMs: 100,
  authorize: ({ payload }, { tenant }) => (payload as { tenant?: string } | null)?.tenant === tenant.id,
});
