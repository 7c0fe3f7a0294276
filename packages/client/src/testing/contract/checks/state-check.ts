import type { ClientResponse } from "../../../request/response.ts";
import { broken } from "../broken.ts";
import { PATIENCE_MS, type ContractBench, type Subject } from "../contract-bench.ts";
import { exercise, type Trace } from "../exercise.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const MEND = 'keep it by perClient(() => ...), or skip "own-state" with the reason why it is shared';

/** Whose state it is. */
export const STATE_CHECK: PluginPromise = {
  id: "own-state",
  name: "shares no state with another client, whether they share the plugin or not",
  async run(bench) {
    const alone = await exercise(bench, bench.createSubject());
    const plugin = bench.createPlugin();
    const first = bench.createSubject({ plugin });
    compare(alone, await exercise(bench, first), "an instance of its own");
    const second = bench.createSubject({ plugin });
    compare(alone, await exercise(bench, second), "the same plugin");

    first.client.dispose();
    const third = bench.createSubject({ plugin });
    compare(alone, await exercise(bench, third), "the same plugin, after one of them was disposed");
    await checkStillWorks(second);
    await checkTogether(bench);
  },
};

/** What a client does is not to depend on another one that had the plugin before. */
function compare(alone: Trace, trace: Trace, having: string): void {
  const at = alone.findIndex((line, index) => trace[index] !== line);
  if (at >= 0)
    broken(
      `a client with ${having} as another one does something else: "${trace[at]}" in place of "${alone[at]}"`,
      MEND,
    );
}

async function checkStillWorks(subject: Subject): Promise<void> {
  const { error } = await subject.settle(
    "a read of a client beside one that was disposed",
    subject.send("read", { params: { id: 9 } }),
  );
  if (error) broken(`a client no longer works once another one is disposed: ${error.message}`, MEND, error);
}

/** Two clients that ask the same at the same time, each of its own server. */
async function checkTogether(bench: ContractBench): Promise<void> {
  const plugin = bench.createPlugin();
  const subjects = ["one", "other"].map((marker) => bench.createSubject({ plugin, marker }));
  const responses = new Map<Subject, ClientResponse>();
  for (const subject of subjects) {
    subject.server.answerBy(() => "later");
    void subject.send("read").then((response) => responses.set(subject, response));
  }
  for (const { clock, server } of subjects) {
    if (server.requests.length === 0) await clock.advance(PATIENCE_MS);
    server.answerBy((request) => ({ status: 200, data: server.dataFor(request) }));
    for (const { request, answer } of server.later) answer({ status: 200, data: server.dataFor(request) });
    await clock.advance(PATIENCE_MS);
  }
  for (const [at, subject] of subjects.entries()) {
    const response = responses.get(subject);
    const marker = at === 0 ? "one" : "other";
    if (!response || !JSON.stringify(response.data ?? marker).includes(marker))
      broken("of two clients that ask at the same time, one gets the answer of the other, or none", MEND);
  }
}
