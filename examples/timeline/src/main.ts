import { createInterface } from "node:readline/promises";
import { createCommands, USAGE } from "./run-command.ts";
import { SCRIPT } from "./script.ts";
import { startShop } from "./start-shop.ts";
import type { TimelineStep } from "./timeline-step.ts";

const steps: TimelineStep[] = [];
const { app, server } = await startShop({ onStep: (_, step) => steps.push(step) });
await app.mount();
console.log(`The shop is open at ${server.url}\n`);
for (const { path, methods = [], plugins = [] } of await app.routes())
  console.log(`  ${methods.join(", ").padEnd(5)} ${path.padEnd(18)} ${plugins.join(" → ")}`);
console.log();

const run = createCommands(server.url, steps);
for (const { says, line, status } of SCRIPT) {
  const result = await run(line);
  console.log(`${says}\n> ${line}\n${result.text}\n`);
  if (result.status === status) continue;
  console.error(`expected status ${status}, got ${result.status}`);
  process.exitCode = 1;
}

if (process.argv.includes("--once")) await server.close();
else {
  console.log(`Send more: ${USAGE}. Ctrl-C ends.`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  prompt.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  prompt.prompt();
  for await (const line of prompt) {
    if (line.trim()) console.log((await run(line)).text);
    prompt.prompt();
  }
}
