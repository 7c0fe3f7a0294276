#!/usr/bin/env node
import { flush } from "./output/terminal.ts";
import { run } from "./run.ts";

// Whoever reads our output may have heard enough, as `head` has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const code = await run(process.argv.slice(2));
await flush();
// What a project has opened while it was loaded, such as a pool of connections, must not keep a finished command alive.
process.exit(code);
