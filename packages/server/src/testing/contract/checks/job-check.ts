import { broken, show } from "../broken.ts";
import type { PluginPromise } from "../plugin-promise.ts";

/** Functions are not all behind HTTP. */
export const JOB_CHECK: PluginPromise = {
  id: "job",
  name: "works in a job, or lets it pass",
  async run(bench) {
    const answer = { job: true };
    let runs = 0;
    const handler = () => {
      runs += 1;
      return answer;
    };
    const mend =
      'a job has no request: where data.context.runtime is "job", call next() without looking for one, or skip "job" with a reason';
    const got = await bench.withFunc({ plugins: [bench.create()], handler, runtime: "job" }, async (func) => {
      try {
        return await func.invoke({ event: {} });
      } catch (error) {
        return broken(`a job met ${show(error)}`, mend, error);
      }
    });
    if (runs !== 1) broken(`the handler of a job ran ${runs} times`, mend);
    if (got !== answer)
      broken(`a job's handler returned ${show(answer)}, and its caller got ${show(got)}`, mend);
  },
};
