import type { ClientResponse } from "../../../request/response.ts";
import type { TransportRequest } from "../../../transport/transport.ts";
import { broken, show } from "../broken.ts";
import { PATIENCE_MS } from "../contract-bench.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const IDS = [1, 2, 3];

/** What one request does is nothing to another. */
export const CONCURRENCY_CHECK: PluginPromise = {
  id: "concurrency",
  name: "keeps requests apart that are under way together",
  async run(bench) {
    for (const operation of ["read", "write"] as const) {
      const subject = bench.createSubject();
      const { server, clock } = subject;
      server.answerBy(() => "later");
      const responses = new Map<number, ClientResponse>();
      for (const id of IDS)
        void subject.send(operation, { params: { id } }).then((response) => responses.set(id, response));
      await clock.advance(0);
      if (server.later.length < IDS.length) await clock.advance(PATIENCE_MS);
      const urls = new Set(server.later.map(({ request }) => request.url));
      const decide = (request: TransportRequest) =>
        request.url.includes("items/2") ? { status: 404 } : { status: 200, data: server.dataFor(request) };
      // What is sent again is not held up once more.
      server.answerBy(decide);
      for (const { request, answer } of [...server.later].toReversed()) {
        answer(decide(request));
        await clock.advance(0);
      }
      await clock.advance(PATIENCE_MS);

      const mend = 'note in context.temp what belongs to a request, or skip "concurrency" with the reason';
      for (const id of IDS) {
        const response =
          responses.get(id) ?? broken(`of several ${operation}s at once, one never settles`, mend);
        const asked = urls.has(`items/${id}`);
        const own = response.error ? id === 2 : String(show(response.data)).includes(`items/${id}`);
        // One that was not sent has an answer of the plugin's making.
        if (asked && (!own || (id === 2) !== (response.error !== undefined)))
          broken(
            `of several ${operation}s at once, that of items/${id} is answered with ${show(response.error ?? response.data)}`,
            mend,
          );
      }
      subject.checkReports(`for several ${operation}s at once`);
      subject.client.dispose();
    }
  },
};
