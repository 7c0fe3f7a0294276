import type { StepEndEvent } from "@x/pipeline";
import { createInterface } from "node:readline/promises";
import { createChain, type Request } from "./chain.ts";
import { formatTimeline } from "./format-timeline.ts";

const SCRIPT = [
  { line: "/orders ada", says: "A request goes through every plugin to the handler and back.", status: 200 },
  {
    line: "/orders grace",
    says: "The same again: the cache answers, the handler never starts.",
    status: 200,
  },
  { line: "/orders", says: "Nobody is logged in: auth answers, nothing inside it starts.", status: 401 },
  {
    line: "/broken ada",
    says: "The handler throws: the error travels outwards until a plugin answers.",
    status: 500,
  },
];

let events: StepEndEvent<Request>[] = [];
const run = createChain((event) => events.push(event));

async function send(line: string): Promise<number> {
  const [path = "/", user] = line.trim().split(/\s+/);
  const request: Request = { path, user };
  events = [];
  const response = await run(request, () => ({ status: 404, body: "no handler" }));
  console.log(`GET ${path} as ${user ?? "nobody"} → ${response.status} ${JSON.stringify(response.body)}`);
  console.log(`${formatTimeline(events)}\n`);
  return response.status;
}

for (const { line, says, status } of SCRIPT) {
  console.log(says);
  const got = await send(line);
  if (got === status) continue;
  console.error(`expected ${status}, got ${got}`);
  process.exitCode = 1;
}

if (!process.argv.includes("--once") && process.stdin.isTTY) {
  console.log("Send more: a path, then a user (ada, grace). Ctrl-C ends.");
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  prompt.prompt();
  for await (const line of prompt) {
    if (line.trim()) await send(line);
    prompt.prompt();
  }
}
