import { packageBuild } from "../../tooling/tsup.ts";

const names = ["core", "pages", "queue", "streaming", "subscribe", "suspense"];
const folders = names.map((name) => [name, `src/${name}/index.ts`]);
export default {
  ...packageBuild({ index: "src/index.ts", ...Object.fromEntries(folders) }),
  // What entries share is imported for its names alone.
  treeshake: { moduleSideEffects: false },
};
