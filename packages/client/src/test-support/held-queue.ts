import { createQueue } from "../queue/index.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";

export interface FilesApi {
  files: { POST: { data: string; body?: string; query?: { folder: string }; error: { reason: string } } };
}

/** A queue whose requests wait for the test to answer them, by their bodies. */
export function heldQueue(concurrency = 2) {
  const bench = createTestBench<FilesApi>();
  const held = bench.transport.hold("POST files");
  const queue = createQueue(bench.client, "files", { concurrency });
  const sent = () => held.map(({ request }) => request.body);
  const answer = async (
    body: string,
    reply: { data?: unknown; status?: number } = { data: `${body} kept` },
  ) => {
    held.findLast(({ request }) => request.body === body)?.reply(reply);
    await flushMicrotasks();
  };
  const add = (id: string) => queue.add({ body: id }, { id });
  const statuses = () => queue.getSnapshot().items.map(({ id, status }) => `${id} ${status}`);
  return { ...bench, held, queue, sent, answer, add, statuses };
}
