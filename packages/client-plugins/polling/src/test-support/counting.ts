import { createTestBench } from "@x/client/testing";
import { polling, type PollingConfig, type PollingOptions } from "../polling.ts";

/** A client whose server counts, and when it was asked. */
export function counting(config?: PollingConfig) {
  const bench = createTestBench();
  const askedAt: number[] = [];
  bench.transport.reply("GET jobs", () => {
    askedAt.push(bench.clock.now());
    return { data: askedAt.length };
  });
  const client = bench.client.use([polling(config)]);
  const observe = (options: PollingOptions & { query?: object } = {}) => {
    const observer = client.observe("jobs", options);
    observer.mount();
    return observer;
  };
  return { ...bench, client, askedAt, observe };
}
