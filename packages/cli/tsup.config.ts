import { packageBuild } from "../../tooling/tsup.ts";

export default {
  ...packageBuild({ bin: "src/bin.ts", "contract-worker": "src/dev/contract-worker.ts" }),
  // A program for Node that nobody imports. Each command stays in a chunk of its own, loaded when it is called.
  platform: "node",
  dts: false,
  splitting: true,
};
