import type { Func, InvokeInput } from "@x/server";
import { silentLogger } from "@x/server/testing";

/** Invokes a function whose failures are the test's affair, and no log's. */
export function call<Result>(func: Func<Result>, input: InvokeInput = {}): Promise<Awaited<Result>> {
  return func.invoke({ logger: silentLogger, ...input });
}
