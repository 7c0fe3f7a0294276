import type { Observer } from "../../../observer/observer-types.ts";
import { broken, show } from "../broken.ts";
import { PATIENCE_MS, type Subject } from "../contract-bench.ts";
import type { PluginPromise } from "../plugin-promise.ts";

type Life = (observer: Observer, subject: Subject) => Promise<void> | void;

/** Lives that observers lead in applications. */
const LIVES: Readonly<Record<string, Life>> = {
  "is mounted and unmounted in one go": (observer) => {
    observer.mount();
    observer.unmount();
  },
  "is unmounted while its request is under way": async (observer, { server, clock }) => {
    server.answerBy(() => "later");
    observer.mount();
    await clock.advance(0);
    observer.unmount();
    for (const { answer } of server.later) answer({ status: 200, data: "late" });
    server.answerBy(() => ({ status: 200, data: "later still" }));
  },
  "is mounted, updated and unmounted": async (observer, { clock }) => {
    observer.mount();
    await clock.advance(1_000);
    observer.update({ params: { id: 1 } });
    observer.update({ params: { id: 2 } });
    await clock.advance(1_000);
    observer.unmount();
  },
  "is mounted twice, with a failure in between": async (observer, { server, clock }) => {
    server.answerBy(() => ({ status: 500 }));
    observer.mount();
    await clock.advance(1_000);
    observer.unmount();
    server.answerBy(() => ({ status: 200, data: "back" }));
    observer.mount();
    await clock.advance(1_000);
    observer.unmount();
  },
};

/** It follows an observer to its end, and no further. */
export const LIFECYCLE_CHECK: PluginPromise = {
  id: "lifecycle",
  name: "takes every life of an observer, and leaves it alone after its end",
  async run(bench) {
    for (const [what, live] of Object.entries(LIVES)) {
      const subject = bench.createSubject();
      const { client, server, clock } = subject;
      const options = { params: { id: 1 }, ...bench.options.requestOptions };
      const observer: Observer = client.observeRequest("items/:id", options);
      // A second one of the same path, whose end is not to be the first one's.
      const reads = client.observe("items/:id", options);
      await live(reads, subject);
      await live(observer, subject);
      // What was sent before its end may still be tried again.
      await clock.advance(PATIENCE_MS);
      const sent = server.requests.length;
      await clock.advance(PATIENCE_MS);
      if (server.requests.length > sent)
        broken(
          `an observer that ${what} goes on sending requests`,
          "end timers by context.onCleanup, and in onUnmount",
        );
      subject.checkReports(`for an observer that ${what}`);
      const { error, fetching } = reads.getSnapshot();
      if (fetching) broken(`an observer that ${what} waits for ever: ${show(error)}`, "settle every request");
      client.dispose();
    }
  },
};
