import { ClientError, type PluginResponse } from "@x/client";
import type { ChangedResponse } from "./changed-response.ts";
import type { ContractSkew } from "./contract-skew.ts";
import { findSkew } from "./find-skew.ts";
import type { KnownContract } from "./known-contract.ts";
import type { EndpointShapes } from "./shape.ts";

/** What goes wrong is only loaded when it does: this module is a chunk of its own. */
interface Changed {
  readonly known: KnownContract;
  readonly path: string;
  readonly method: string;
  readonly response: ChangedResponse;
}

/** Gives the failure of a request that does not fit the server any more, and `undefined` for one that still does. */
export async function explainSkew({
  known,
  path,
  method,
  response,
}: Changed): Promise<PluginResponse | undefined> {
  const { body } = response.error;
  const fail = (what: string, data: readonly ContractSkew[], cause?: unknown): PluginResponse => ({
    status: 412,
    headers: response.headers,
    error: new ClientError(
      "CONTRACT_SKEW",
      `${method} ${path} has changed since this client was built: ${what}. Load the client anew, or build it with the API of today`,
      { status: 412, body, plugin: "contract", data, ...(cause === undefined ? {} : { cause }) },
    ),
  });
  try {
    // It is what `x types` has written: anything else ends in the `catch`.
    const shapes = (await known.shapes()).default as Record<string, Record<string, EndpointShapes>>;
    const skews = findSkew(shapes[path]![method]!, body.contract);
    const [first, ...others] = skews;
    if (!first) return undefined;
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    return fail(describe(first) + more, skews);
  } catch (cause) {
    return fail("what it was built for cannot be read any more", [], cause);
  }
}

const PROBLEMS: Readonly<Record<ContractSkew["problem"], string>> = {
  removed: "is known no more",
  required: "is required now",
  optional: "is not always there any more",
  type: "is of another type",
};

function describe({ side, field, problem }: ContractSkew): string {
  return `its ${side}${field && ` "${field}"`} ${PROBLEMS[problem]}`;
}
