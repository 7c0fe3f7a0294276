import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Where the compiled processes are: inside of this package, so that the peers are found from there. */
export const COMPILED = fileURLToPath(new URL("../../.cache/server/", import.meta.url));

const SOURCE = fileURLToPath(new URL("serve.ts", import.meta.url));
const API_FILE = fileURLToPath(new URL("small/hello.api.ts", import.meta.url));

/** Compiles what the processes run, as a deployment would: no server pays for stripping types. */
export async function compileServers(): Promise<void> {
  // A file of an earlier run would be a route as well.
  await rm(COMPILED, { recursive: true, force: true });
  await build({
    entryPoints: { serve: SOURCE, "routes/hello.api": API_FILE },
    outdir: COMPILED,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "es2023",
  });
  // For the one candidate that loads TypeScript.
  await mkdir(`${COMPILED}typed-routes`, { recursive: true });
  await copyFile(API_FILE, `${COMPILED}typed-routes/hello.api.ts`);
}
