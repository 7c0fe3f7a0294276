import type { AnyPlugin, TransportRequest, TransportResponse } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { contract } from "../contract.ts";
import type { KnownContract } from "../known-contract.ts";
import type { EndpointShapes } from "../shape.ts";

/** Answers as a server does that has another contract. */
export function changedTo(changed: EndpointShapes): TransportResponse {
  return {
    status: 412,
    data: { title: "Precondition Failed", status: 412, code: "CONTRACT_CHANGED", contract: changed },
  };
}

/** A server that runs what has no hash or its own, and refuses the rest. `change` deploys another contract. */
function serverOf(initial: EndpointShapes) {
  let current = initial;
  const ran: TransportRequest[] = [];
  return {
    ran,
    change(next: EndpointShapes) {
      current = next;
    },
    answer(request: TransportRequest): TransportResponse {
      const { "api-contract": hash = current.hash } = request.headers;
      if (hash !== current.hash) return changedTo(current);
      ran.push(request);
      return { status: 200, data: "done" };
    },
  };
}

/** Knows `orders` alone, with these shapes of its reads and its writes. */
export function knowing(shapes: EndpointShapes): KnownContract & { readonly loaded: number } {
  let loaded = 0;
  return {
    hashes: { "orders GET": shapes.hash, "orders POST": shapes.hash },
    shapes() {
      loaded += 1;
      return Promise.resolve({ default: { orders: { GET: shapes, POST: shapes } } });
    },
    get loaded() {
      return loaded;
    },
  };
}

/** A client that was built with these shapes, and a server that has them as well. */
export function withContract(shapes: EndpointShapes, others: readonly AnyPlugin[] = []) {
  const bench = createTestBench();
  const server = serverOf(shapes);
  const known = knowing(shapes);
  for (const method of ["GET", "POST"])
    bench.transport.reply(`${method} orders`, (request) => server.answer(request));
  const client = bench.client.use([...others, contract(known)]);
  return { ...bench, client, server, known };
}
