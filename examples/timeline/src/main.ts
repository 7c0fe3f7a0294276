import { createInterface } from "node:readline/promises";
import { startDemo, USAGE } from "./run-command.ts";

const SCRIPT = [
  { says: "A read goes through every plugin to the server and back.", line: "list", status: 200 },
  { says: "A query, typed like everything else.", line: "list tea", status: 200 },
  {
    says: "Another plugin offers a flag; the cache asks it by its internal API.",
    line: "enable caching",
    status: 200,
  },
  { says: "The same read again: the cache answers, the transport never starts.", line: "list", status: 200 },
  { says: "A write. The cache is for reads, so it is not in this chain.", line: "order milk 3", status: 201 },
  {
    says: "A write that the server refuses: the error has the server's own words.",
    line: "order milk 0",
    status: 422,
  },
  { says: "A read of what is not there.", line: "show 99", status: 404 },
];

const run = startDemo();

for (const { says, line, status } of SCRIPT) {
  const result = await run(line);
  console.log(`${says}\n> ${line}\n${result.text}\n`);
  if (result.status === status) continue;
  console.error(`expected status ${status}, got ${result.status}`);
  process.exitCode = 1;
}

if (!process.argv.includes("--once")) {
  console.log(`Send more: ${USAGE}. Ctrl-C ends.`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  prompt.prompt();
  for await (const line of prompt) {
    if (line.trim()) console.log((await run(line)).text);
    prompt.prompt();
  }
}
