import { inspect } from "node:util";
import type { InvokeData } from "../../../types.ts";
import { broken, show } from "../broken.ts";
import { fieldsOf } from "../data-fields.ts";
import type { PluginPromise } from "../plugin-promise.ts";
import { turns } from "../turns.ts";

const REQUESTS = 20;
const MEND = "keep what belongs to a request in local variables or on data, not in the instance";

/** What one of many requests at once saw. */
interface Visit {
  readonly data: InvokeData;
  readonly answer: unknown;
}

/** Many requests at once, which end in another order than they came. */
export const CONCURRENCY_CHECK: PluginPromise = {
  id: "concurrency",
  name: "keeps requests that run at the same time apart",
  async run(bench) {
    const visits = new Map<string, Visit>();
    const handler = async (data: { readonly context: { readonly requestId: string } }) => {
      const { requestId } = data.context;
      const index = Number(requestId.split("-").at(-1));
      const isFailing = index % 2 === 1;
      const answer = isFailing ? new Error(`the contract's ${requestId}`) : { requestId };
      // The handler of a function gets the whole of it.
      visits.set(requestId, { data: data as InvokeData, answer });
      await turns(REQUESTS - index);
      if (isFailing) throw answer;
      return answer;
    };
    const ids = Array.from({ length: REQUESTS }, (_, index) => `contract-request-${index}`);
    await bench.withFunc({ plugins: [bench.create()], handler }, async (func) => {
      await bench.mount(func);
      const got = await Promise.all(
        ids.map((requestId) =>
          func.invoke({ event: bench.event(), context: { requestId } }).catch((error: unknown) => error),
        ),
      );
      if (visits.size === 0) bench.stopped();
      for (const [index, requestId] of ids.entries()) {
        const visit = visits.get(requestId);
        if (!visit)
          broken(
            `${REQUESTS - visits.size} of ${REQUESTS} requests at once did not come to the handler`,
            MEND,
            got[index],
          );
        judge(
          visit,
          got[index],
          ids.filter((id) => id !== requestId),
        );
      }
    });
  },
};

function judge({ data, answer }: Visit, got: unknown, otherIds: readonly string[]): void {
  const isOther = (text: string) => otherIds.some((id) => new RegExp(`${id}\\b`).test(text));
  if (got !== answer && isOther(inspect(got)))
    broken(`of requests at once, one got what another was answered with: ${show(got)}`, MEND);
  for (const [name, value] of Object.entries(fieldsOf(data)))
    if (isOther(inspect(value, { depth: 4 })))
      broken(`of requests at once, one has what belongs to another in data.${name}`, MEND);
}
