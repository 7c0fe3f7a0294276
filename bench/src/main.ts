import { parseArgs } from "node:util";
import { FULL, QUICK } from "./harness/settings.ts";
import { suites } from "./suites.ts";

// Not strict: a mistyped flag deserves the usage below, not the stack trace of a parser.
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { quick: { type: "boolean" } },
  allowPositionals: true,
  strict: false,
});
const { quick, ...unknownFlags } = values;
const [name = ""] = positionals;
const entry = Object.hasOwn(suites, name) ? suites[name] : undefined;

if (entry && positionals.length === 1 && Object.keys(unknownFlags).length === 0) {
  const suite = await entry.load();
  await suite.run(quick ? QUICK : FULL);
} else {
  if (positionals.length && !entry) console.error(`There is no suite "${name}".\n`);
  for (const flag of Object.keys(unknownFlags)) console.error(`There is no option "${flag}".\n`);
  console.error("Usage: npm run bench -- <suite> [--quick]\n\nSuites:");
  for (const [title, { summary }] of Object.entries(suites)) console.error(`  ${title}  ${summary}`);
  process.exitCode = 1;
}
