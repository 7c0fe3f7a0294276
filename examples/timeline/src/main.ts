import { createInterface } from "node:readline/promises";
import { terminalPaint as paint } from "./paint.ts";
import { createCommands, USAGE } from "./run-command.ts";
import { SCRIPT } from "./script.ts";
import { createShopClient } from "./shop-client.ts";
import { startShop } from "./start-shop.ts";
import type { TimelineStep } from "./timeline-step.ts";
import { playScene, SCENES } from "./tour/run-tour.ts";

const once = process.argv.includes("--once");
const steps: TimelineStep[] = [];
const { app, server } = await startShop({ onStep: (step) => steps.push(step) });
await app.mount();
console.log(`The shop is open at ${server.url}\n`);
for (const { path, methods = [], plugins = [] } of await app.routes())
  console.log(`  ${methods.join(", ").padEnd(5)} ${path.padEnd(18)} ${plugins.join(" → ")}`);
console.log();

let faults = 0;
if (once) {
  // The first request of a process, and the first that fails, load and compile what no later one does.
  const early = createShopClient(server.url, () => {});
  await early.get("supplier/price", { query: { product: "tea" }, retryDelay: 0 });
  for (const [index, scene] of SCENES.entries()) {
    const { text, findings } = await playScene(scene, server.url, steps, paint);
    console.log(`${paint("aside", `${index + 1} of ${SCENES.length}`)}  ${text}\n`);
    faults += findings.filter(({ holds }) => !holds).length;
  }
}

const run = createCommands(server.url, steps, paint);
for (const { says, line, status } of SCRIPT) {
  const result = await run(line);
  console.log(`${paint("title", says)}\n> ${line}\n${result.text}\n`);
  if (result.status === status) continue;
  console.error(paint("bad", `expected status ${status}, got ${result.status}\n`));
  faults += 1;
}

if (!once) {
  console.log(`Send more: ${USAGE}. Ctrl-C ends.`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  let open = true;
  prompt.once("close", () => (open = false));
  prompt.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  prompt.prompt();
  for await (const line of prompt) {
    if (line.trim()) console.log((await run(line)).text);
    if (open) prompt.prompt();
  }
}
await server.close();
if (once)
  console.log(faults === 0 ? "All of it came out as it says." : `${faults} times it came out otherwise.`);
if (faults > 0) process.exitCode = 1;
