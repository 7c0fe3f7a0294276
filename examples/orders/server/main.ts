import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SEED_PASSWORD, SEED_SHOPS } from "../database/seed-words.ts";
import { buildPage } from "./build-page.ts";
import { runOnce } from "./run-once.ts";
import { startDesk } from "./start-desk.ts";

process.env["LOG_LEVEL"] ??= "warn";
const isOnce = process.argv.includes("--once");
const dataFolder = process.env["DATA_FOLDER"] ?? fileURLToPath(new URL("../.cache/data", import.meta.url));
if (!existsSync(join(dataFolder, "pg"))) console.log("The data folder is made and filled, once…\n");

const { server } = await startDesk({
  dataFolder,
  pageFolder: isOnce ? undefined : await buildPage(),
  authSecret: process.env["AUTH_SECRET"],
  sessionSecret: process.env["SESSION_SECRET"],
});

if (isOnce) {
  process.exitCode = await runOnce(server.url, dataFolder);
  await server.close();
} else {
  console.log(`The desk is open at ${server.url}\n`);
  for (const { name, staff } of SEED_SHOPS)
    for (const [person, email, role] of staff)
      console.log(`  ${email.padEnd(28)} ${person}, ${role} at ${name}`);
  console.log(`\nThe password of everybody is ${SEED_PASSWORD}. Ctrl-C ends.`);
}
