import { flushMicrotasks } from "../../flush-microtasks.ts";
import { broken, show } from "../broken.ts";
import type { Subject } from "../contract-bench.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const MEND = "keep by context.queryKey what belongs to a user, or clear it at the event identity";

/** What was one user's is nothing to the next. */
export const IDENTITY_CHECK: PluginPromise = {
  id: "identity",
  name: "shows nothing of one user to another",
  async run(bench) {
    for (const operation of ["read", "write"] as const) {
      let user = "ada";
      const subject = bench.createSubject({ config: { identity: () => user } });
      const { server, client } = subject;
      server.answerBy((request) => ({ status: 200, data: { ...server.dataFor(request), user } }));
      await subject.settle(`a ${operation}`, subject.send(operation));
      server.answerBy(() => "later");
      const late = subject.send(operation, { params: { id: 2 } });
      await flushMicrotasks();
      user = "grace";
      client.checkIdentity();
      await subject.settle(`a ${operation} of a user who has left`, late);
      server.answerBy((request) => ({ status: 200, data: { ...server.dataFor(request), user } }));
      for (const id of [1, 2]) await checkOwn(subject, operation, id);
      // What nobody waits for any more.
      for (const { request, answer } of server.later)
        answer({ status: 200, data: { ...server.dataFor(request), user: "ada" } });
      for (const id of [1, 2]) await checkOwn(subject, operation, id);
      subject.checkReports("when another user came");
      client.dispose();
    }
  },
};

async function checkOwn(subject: Subject, operation: "read" | "write", id: number): Promise<void> {
  const what = `a ${operation} of the user who came`;
  const response = await subject.settle(what, subject.send(operation, { params: { id } }));
  const shown = show(response.error?.body ?? response.data);
  if (shown.includes("ada")) broken(`${what} is answered with ${shown}, which is the former one's`, MEND);
  if (response.error) broken(`${what} fails with ${show(response.error)}`, MEND, response.error);
}
