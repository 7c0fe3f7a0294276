import type { Transport, TransportRequest, TransportResponse } from "../../transport/transport.ts";

/** What the server does with a request: answers it, fails as a network does, or leaves it for later. */
export type Answer = TransportResponse | Error | "later";

/** What a client of the contract talks to. */
export interface ContractServer {
  readonly transport: Transport;
  readonly requests: readonly TransportRequest[];
  /** Decides over each request from now on. The `count`-th of all is 1. Default: 200 and `dataFor`. */
  answerBy(answer: (request: TransportRequest, count: number) => Answer): void;
  /** Answers what was left for later, in any order; those that are gone are passed over. */
  readonly later: readonly {
    readonly request: TransportRequest;
    answer(answer: Exclude<Answer, "later">): void;
  }[];
  /** What the server knows of a request: whose client it came from, and what it was for. */
  dataFor(request: TransportRequest): Readonly<Record<string, unknown>>;
}

/** A server whose answers say whose they are. */
export function createContractServer(marker: string): ContractServer {
  const requests: TransportRequest[] = [];
  const later: { readonly request: TransportRequest; answer(answer: Exclude<Answer, "later">): void }[] = [];
  const dataFor = ({ method, url }: TransportRequest) => ({ marker, method, url });
  let decide = (request: TransportRequest): Answer => ({ status: 200, data: dataFor(request) });

  return {
    requests,
    later,
    dataFor,
    answerBy(answer) {
      decide = (request) => answer(request, requests.length);
    },
    transport: (request) =>
      new Promise((resolve, reject) => {
        const { signal } = request;
        const onAbort = () => reject(signal?.reason);
        if (signal?.aborted) return onAbort();
        requests.push(request);
        const end = (answer: Exclude<Answer, "later">) => {
          signal?.removeEventListener("abort", onAbort);
          if (answer instanceof Error) reject(answer);
          else resolve(answer);
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        const answer = decide(request);
        if (answer === "later") later.push({ request, answer: end });
        else end(answer);
      }),
  };
}
