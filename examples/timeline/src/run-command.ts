import type { ClientError, ClientResponse } from "@x/client";
import type { Problem } from "./contract.ts";
import { formatTimeline } from "./format-timeline.ts";
import { plainPaint, type Paint } from "./paint.ts";
import { createShopClient } from "./shop-client.ts";
import type { TimelineStep } from "./timeline-step.ts";

/** What a command did: the response's status, and what to print. */
export interface CommandResult {
  readonly status: number;
  readonly text: string;
}

const MAX_LENGTH = 90;

export const USAGE = "list [product] · order <product> <quantity> · report · sign-in <name> <password>";

/** Makes a client of the shop at `baseUrl` and gives a function that runs one command with it. */
export function createCommands(
  baseUrl: string,
  steps: TimelineStep[],
  paint: Paint = plainPaint,
): (line: string) => Promise<CommandResult> {
  const client = createShopClient(baseUrl, (step) => steps.push(step));

  async function signIn(name: string, password: string) {
    const response = await client.post("sessions/create", { body: { name, password } });
    if (response.data) client.signIn(response.data.token);
    return response.data ? { ...response, data: { token: "…" } } : response;
  }

  function send(
    command: string,
    first = "",
    second = "",
  ): Promise<ClientResponse<unknown, ClientError<Problem>, object>> | undefined {
    switch (command) {
      case "list":
        return client.get("orders/list", first ? { query: { product: first } } : {});
      case "order":
        return client.post("orders/create", { body: { product: first, quantity: Number(second) } });
      case "report":
        return client.get("admin/report");
      case "sign-in":
        return signIn(first, second);
      default:
        return undefined;
    }
  }

  return async (line) => {
    const [command = "", ...words] = line.trim().split(/\s+/);
    steps.length = 0;
    const response = await send(command, ...words);
    if (!response) return { status: 0, text: `commands: ${USAGE}` };
    const { data, error, status } = response;
    return {
      status,
      text: `${status} ${error ? describe(error.body) : shorten(JSON.stringify(data))}\n${formatTimeline(steps, paint)}`,
    };
  };
}

/** So much of a text as fits into a line. */
function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** A problem in one line: what the server says, and each fault of the params. */
function describe(problem: Problem | undefined): string {
  const { title, detail = title, code, errors = [] } = problem ?? {};
  const faults = errors.map(({ path, message }) => `${path}: ${message}`);
  return [[code, detail].filter(Boolean).join(" "), ...faults].join(" · ");
}
