import type { PluginKind } from "../plugin-kind.ts";
import type { PluginNames } from "../plugin-names.ts";

/** What a package has that stands alone, by path from its folder. */
export function ownFiles(kind: PluginKind, names: PluginNames): Readonly<Record<string, string>> {
  const isClient = kind === "client-plugin";
  return {
    "tsconfig.json": isClient ? tsconfig('["es2023", "dom"]', "[]") : tsconfig(SERVER_LIB, '["node"]'),
    "tsup.config.ts": isClient ? CLIENT_TSUP : SERVER_TSUP,
    "vitest.config.ts": VITEST,
    ".gitignore": "node_modules/\ndist/\n*.tgz\n",
    LICENSE: license(names),
  };
}

const SERVER_LIB = '["es2023", "dom", "dom.iterable", "esnext.disposable"]';

const tsconfig = (lib: string, types: string) => `{
  "compilerOptions": {
    "target": "es2022",
    "lib": ${lib},
    "types": ${types},
    "module": "esnext",
    "moduleResolution": "bundler",
    "moduleDetection": "force",
    "allowImportingTsExtensions": true,
    "verbatimModuleSyntax": true,
    "erasableSyntaxOnly": true,
    "strict": true,
    "exactOptionalPropertyTypes": true,
    "noUncheckedIndexedAccess": true,
    "noImplicitOverride": true,
    "noUnusedLocals": true,
    "noUnusedParameters": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["src"]
}
`;

const CLIENT_TSUP = `import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "es2022",
  platform: "neutral",
  dts: true,
  clean: true,
  sourcemap: true,
  treeshake: true,
});
`;

const SERVER_TSUP = CLIENT_TSUP.replace('"neutral"', '"node"').replace(
  "  dts: true,\n",
  "  // Deno and workers know Node's modules by their full names alone.\n  removeNodeProtocol: false,\n  dts: true,\n",
);

const VITEST = `import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"] },
  },
});
`;

const license = ({ package: name }: PluginNames) => `MIT License

Copyright (c) ${new Date().getFullYear()} the ${name} authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;
