import { defineConfig, type Options } from "tsup";

/** The build of every published package: ESM for any modern runtime, with declarations, one file an entry. */
export function packageBuild(entry: Record<string, string> = { index: "src/index.ts" }): Options | Options[] {
  return defineConfig({
    entry,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    dts: true,
    clean: true,
    sourcemap: true,
    treeshake: true,
    // Deno and workers know Node's modules by their full names alone.
    removeNodeProtocol: false,
    external: [/^node:/],
  }) as Options;
}
