import { broken, show } from "../broken.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const FALSY = [0, "", false, null];

/** Falsy data is data. */
export const DATA_CHECK: PluginPromise = {
  id: "data",
  name: 'passes on data that is 0, "", false or null',
  async run(bench) {
    for (const data of FALSY)
      for (const operation of ["read", "write"] as const) {
        const subject = bench.createSubject();
        subject.server.answerBy(() => ({ status: 200, data }));
        // Twice: what was kept of the first answer is data, too.
        for (const what of [`a ${operation}`, `a second ${operation}`]) {
          const response = await subject.settle(what, subject.send(operation));
          if (response.error)
            broken(
              `${what} that is answered with ${show(data)} fails with ${show(response.error)}`,
              "decide by isFailure(response), never by the data",
            );
          if (!Object.is(response.data, data))
            broken(
              `${what} that is answered with ${show(data)} gets ${show(response.data)}`,
              'ask whether data is undefined, not whether it is truthy, or skip "data" if it changes data',
            );
        }
        subject.client.dispose();
      }
  },
};
