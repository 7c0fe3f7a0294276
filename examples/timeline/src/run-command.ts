import type { ClientResponse } from "@x/client";
import { formatTimeline, type TimelineStep } from "./format-timeline.ts";
import { createShopClient } from "./shop-client.ts";

/** What a command did: the response's status, and what to print. */
export interface CommandResult {
  readonly status: number;
  readonly text: string;
}

export const USAGE = "list [product] · show <id> · order <product> <total> · enable caching";

/** Starts a shop client and gives a function that runs one command of the demo with it. */
export function startDemo(): (line: string) => Promise<CommandResult> {
  let steps: TimelineStep[] = [];
  const client = createShopClient((step) => steps.push(step));

  function send(
    command: string,
    first = "",
    second = "",
  ): Promise<ClientResponse<unknown, unknown, object>> | undefined {
    switch (command) {
      case "list":
        return client.get("orders", first ? { query: { product: first } } : {});
      case "show":
        return client.get("orders/:id", { params: { id: first } });
      case "order":
        return client.post("orders", { body: { product: first, total: Number(second) } });
      default:
        return undefined;
    }
  }

  return async (line) => {
    const [command = "", ...words] = line.trim().split(/\s+/);
    if (command === "enable") {
      client.enable(words[0] ?? "");
      return { status: 200, text: `the flag "${words[0]}" is on` };
    }
    steps = [];
    const response = await send(command, ...words);
    if (!response) return { status: 0, text: `commands: ${USAGE}` };
    const { data, error, status } = response;
    const answer = error ? `${error.code} ${JSON.stringify(error.body)}` : JSON.stringify(data);
    return { status, text: `${status} ${answer}\n${formatTimeline(steps)}` };
  };
}
