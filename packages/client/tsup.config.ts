import { packageBuild } from "../../tooling/tsup.ts";

const folders = ["pages", "queue", "subscribe", "testing"].map((name) => [name, `src/${name}/index.ts`]);
export default {
  ...packageBuild({ index: "src/index.ts", ...Object.fromEntries(folders) }),
  // What entries share is imported for its names alone.
  treeshake: { moduleSideEffects: false },
  // The declarations name `Symbol.dispose`, which the standard library of ES 2023 does not have yet.
  dts: { banner: '/// <reference lib="esnext.disposable" />' },
};
