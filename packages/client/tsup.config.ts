import { packageBuild } from "../../tooling/tsup.ts";

export default {
  ...packageBuild({
    index: "src/index.ts",
    pages: "src/pages/index.ts",
    testing: "src/testing/index.ts",
  }),
  // The declarations name `Symbol.dispose`, which the standard library of ES 2023 does not have yet.
  dts: { banner: '/// <reference lib="esnext.disposable" />' },
};
