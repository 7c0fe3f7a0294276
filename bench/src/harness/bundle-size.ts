import { build, type Metafile } from "esbuild";
import { relative } from "node:path";
import { gzipSync } from "node:zlib";

/** What a user of an export downloads. */
export interface BundleSize {
  readonly minified: number;
  readonly gzipped: number;
}

/**
 * Bytes of a module that is given as source, bundled with all it imports, minified, and compressed by gzip -9.
 *
 * @param external - Packages that are left out.
 */
export async function bundleSize(source: string, external: readonly string[] = []): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    // What is imported when it is needed is a file of its own, and not counted.
    splitting: true,
    outdir: ".",
    metafile: true,
    external: [...external],
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const loaded = loadedAtOnce(metafile.outputs);
  const files = outputFiles.filter(({ path }) => loaded.has(relative(process.cwd(), path)));
  return {
    minified: sum(files.map(({ contents }) => contents.length)),
    gzipped: sum(files.map(({ contents }) => gzipSync(contents, { level: 9 }).length)),
  };
}

/** The entry's file, and what it imports in turn. */
function loadedAtOnce(outputs: Metafile["outputs"]): Set<string> {
  const entry = Object.keys(outputs).filter((path) => outputs[path]!.entryPoint === "<stdin>");
  const loaded = new Set(entry);
  for (const path of loaded)
    for (const { path: imported, kind, external } of outputs[path]!.imports)
      if (kind === "import-statement" && !external) loaded.add(imported);
  return loaded;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
