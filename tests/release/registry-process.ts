// The registry, in a process of its own that also cleans up. It lives as long as the process that forked it, and
// learns of that one's end from the closed channel, whether it finished, failed, was interrupted or was killed.
import { readdirSync, rmSync } from "node:fs";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";
import { COMMANDS_FOLDER } from "./rehearsal.ts";

/** What the registry is started with, as JSON in its first argument. */
export interface RegistryOptions {
  /** The rehearsal's folder, removed at the end. */
  readonly folder: string;
  /** Where other packages than the local ones come from. */
  readonly upstream: string;
  /** Names or glob patterns of packages that exist in this registry alone. */
  readonly localPackages: readonly string[];
}

const { folder, upstream, localPackages } = JSON.parse(process.argv[2]!) as RegistryOptions;

// An interrupt from the terminal reaches the whole process group: this process must outlive the others.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.once("disconnect", () => process.exit());
process.once("exit", () => {
  endCommands();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

// Loaded once the handlers stand, since it takes a moment in which the rehearsal can end.
const { runServer } = await import("verdaccio");
const anyone = { access: "$all", publish: "$all" };
// verdaccio types its server as `any`; it is Node's.
const server = (await runServer({
  self_path: folder,
  storage: join(folder, "registry"),
  uplinks: { upstream: { url: upstream } },
  packages: {
    ...Object.fromEntries(localPackages.map((name) => [name, anyone])),
    "**": { access: "$all", proxy: "upstream" },
  },
  web: { enable: false },
  log: { type: "stdout", level: "fatal" },
})) as Server;
server.listen(0, "127.0.0.1", () => {
  process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

function endCommands(): void {
  for (const pid of readdirSync(join(folder, COMMANDS_FOLDER))) {
    try {
      process.kill(-Number(pid), "SIGKILL");
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}
