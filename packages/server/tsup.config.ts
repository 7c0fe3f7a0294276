import { packageBuild } from "../../tooling/tsup.ts";

const entry = { index: "src/index.ts", testing: "src/testing/index.ts", tooling: "src/tooling/index.ts" };

// What is imported when first used stays in chunks of its own.
export default { ...packageBuild(entry), splitting: true };
