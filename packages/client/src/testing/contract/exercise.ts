import type { ClientResponse } from "../../request/response.ts";
import type { ContractBench, Subject } from "./contract-bench.ts";

/** What a client was seen to do, comparable with what another one did. */
export type Trace = readonly string[];

/** Uses a client as an application does: reads, writes, an observer, a failure. */
export async function exercise({ options }: ContractBench, subject: Subject): Promise<Trace> {
  const { client, clock, server } = subject;
  const trace: string[] = [];
  const note = (what: string, response: ClientResponse | undefined) => {
    const outcome = response && (response.error?.code ?? JSON.stringify(response.data));
    // Values may be made up anew each time, as ids are. The names of headers are not.
    const sent = server.requests.map(({ method, url, headers }) => [
      method,
      url,
      Object.keys(headers).toSorted(),
    ]);
    trace.push(`${what}: ${outcome} after ${JSON.stringify(sent)}`);
  };

  note("a read", await subject.settle("a read", subject.send("read")));
  note("a second read", await subject.settle("a second read", subject.send("read")));
  note("a write", await subject.settle("a write", subject.send("write")));
  server.answerBy(() => ({ status: 404 }));
  note("a failure", await subject.settle("a failure", subject.send("read", { params: { id: 3 } })));
  server.answerBy((request) => ({ status: 200, data: server.dataFor(request) }));
  const observer = client.observe("items/:id", { params: { id: 2 }, ...options.requestOptions });
  observer.mount();
  await clock.advance(1_000);
  observer.unmount();
  const { data, error } = observer.getSnapshot();
  trace.push(`an observer: ${error?.code ?? JSON.stringify(data)}`);
  return trace;
}
