import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../tooling/workspace.ts";
import type { RegistryOptions } from "./registry-process.ts";

/** A running registry. */
export interface Registry {
  readonly url: string;
  /** Ends the registry and whatever else still runs for the rehearsal, and removes the folder. */
  stop(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;

/**
 * Starts a registry on a free port of the loopback interface. It keeps `localPackages` to itself: they are never
 * looked up anywhere else. Every other package comes from the registry that npm is configured with.
 *
 * @throws Error when the registry ends or is silent for a minute instead of listening.
 */
export async function startRegistry(folder: string, localPackages: readonly string[]): Promise<Registry> {
  const options: RegistryOptions = { folder, upstream: readUpstream(), localPackages };
  const child = fork(join(import.meta.dirname, "registry-process.ts"), [JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // Node 22 warns that it strips types, which is what this repository relies on.
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const exited = once(child, "exit");
  const stop = async () => {
    if (child.connected) child.disconnect();
    await exited;
  };

  const endedEarly = exited.then(([code]) => {
    throw new Error(
      `the registry ended with code ${String(code)} before it listened: its last words are above`,
    );
  });
  // After the race nobody waits for it any more.
  endedEarly.catch(() => {});
  try {
    const listening = once(child, "message", { signal: AbortSignal.timeout(START_DEADLINE_MS) });
    const [url] = (await Promise.race([listening, endedEarly])) as [string];
    writeFileSync(join(folder, "npmrc"), `registry=${url}\n${url.replace("http:", "")}:_authToken=any\n`);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The registry that npm is configured with. */
function readUpstream(): string {
  return execFileSync("npm", ["config", "get", "registry"], {
    cwd: ROOT,
    encoding: "utf8",
    // npm warns of whatever else it finds in the user's configuration.
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
