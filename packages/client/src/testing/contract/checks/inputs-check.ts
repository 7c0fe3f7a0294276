import { broken, show } from "../broken.ts";
import type { PluginPromise } from "../plugin-promise.ts";

/** What the caller gave stays the caller's. */
export const INPUTS_CHECK: PluginPromise = {
  id: "inputs",
  name: "changes nothing of what the caller gave",
  async run(bench) {
    for (const method of ["GET", "POST"]) {
      // One that refuses changes, and one that would let them pass: not all code notices a refusal.
      for (const protect of [freeze, same]) {
        const subject = bench.createSubject();
        subject.server.answerBy((_request, count) => ({ status: count === 1 ? 503 : 200, data: {} }));
        const given = () => ({
          method,
          params: { id: 1 },
          query: { page: 2, filter: { tags: ["a", "b"] } },
          headers: { "x-given": "yes" },
          tags: ["items/1"],
          ...(method === "POST" ? { body: { title: "Hi", lines: [{ text: "one" }] } } : {}),
        });
        const inputs = protect(given());
        const response = await subject.settle(
          `a ${method}`,
          subject.client.request("items/:id", { ...bench.options.requestOptions, ...inputs }),
        );
        const changed = JSON.stringify(inputs) !== JSON.stringify(given());
        const { cause } = response.error ?? {};
        if (changed || (cause instanceof TypeError && response.error?.plugin === subject.plugin.name))
          broken(
            `it changes the options of a ${method}: ${show(changed ? inputs : response.error)}`,
            "replace context.request.query, body and the like by changed copies",
            cause,
          );
        subject.checkReports(`for a ${method} whose options cannot be changed`);
        subject.client.dispose();
      }
    }
  },
};

const same = <Value>(value: Value): Value => value;

function freeze<Value extends object>(value: Value): Value {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) freeze(inner);
  return Object.freeze(value);
}
