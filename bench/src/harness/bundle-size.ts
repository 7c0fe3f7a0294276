import { build } from "esbuild";
import { gzipSync } from "node:zlib";

/** What a user of an export downloads. */
export interface BundleSize {
  readonly minified: number;
  readonly gzipped: number;
}

/** Bytes of a module that is given as source, bundled with all it imports, minified, and compressed by gzip -9. */
export async function bundleSize(source: string): Promise<BundleSize> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const { contents } = outputFiles[0]!;
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}
