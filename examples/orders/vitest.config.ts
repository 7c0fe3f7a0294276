import shared from "../../tooling/vitest.ts";

// One database and one browser at a time are enough for a small machine, which may be slow at times.
const slow = { fileParallelism: false, expect: { poll: { timeout: 10_000 } } };
// There are no tests of types, and jobs have a logger of their own.
const own = { include: ["tests/**/*.test.ts"], typecheck: { enabled: false }, env: { LOG_LEVEL: "silent" } };

export default { test: { ...shared.test, ...slow, ...own, globalSetup: ["tests/prepare.ts"] } };
