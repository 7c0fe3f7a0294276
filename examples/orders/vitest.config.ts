import shared from "../../tooling/vitest.ts";

const include = ["tests/**/*.test.ts"];
// One database and one browser at a time are enough for a small machine, which may be slow at times.
const slow = { fileParallelism: false, expect: { poll: { timeout: 10_000 } } };

export default { test: { ...shared.test, ...slow, include, globalSetup: ["tests/prepare.ts"] } };
