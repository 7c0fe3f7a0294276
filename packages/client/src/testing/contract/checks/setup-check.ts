import { isPipelineError } from "@x/pipeline";
import { broken, show } from "../broken.ts";
import { PATIENCE_MS, type ContractBench, type Subject } from "../contract-bench.ts";
import type { PluginPromise } from "../plugin-promise.ts";

/** How a client takes it. */
export const SETUP_CHECK: PluginPromise = {
  id: "setup",
  name: "is set up once per client, and sends nothing before it is asked to",
  async run(bench) {
    const { client, clock, server, settle, send, setUps, checkReports } = take(bench);
    await clock.advance(PATIENCE_MS);
    if (server.requests.length > 0)
      broken(
        `it sent ${server.requests.length} requests before anybody asked`,
        "leave setup and api without requests: a client is made where there may be no user yet",
      );
    await settle("a read", send("read"));
    for (let times = 0; times < 2; times += 1) {
      const observer = client.observe("items/:id", { params: { id: 2 }, ...bench.options.requestOptions });
      observer.mount();
      await clock.advance(0);
      observer.unmount();
    }
    checkReports("while a read was sent and an observer came and went");
    if (setUps() > 1)
      broken(
        `its setup ran ${setUps()} times in one client`,
        "leave it to the client, which calls it once, and do nothing of it in hooks",
      );
    client.dispose();
  },
};

function take(bench: ContractBench): Subject {
  try {
    return bench.createSubject();
  } catch (error) {
    const mend =
      isPipelineError(error) && error.code === "MISSING_DEPENDENCY"
        ? "give the contract what it depends on: { others: () => [...] }"
        : "make it a plugin that a client can use";
    return broken(`no client takes it: ${show(error)}`, mend, error);
  }
}
