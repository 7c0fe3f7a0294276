import shared from "../../tooling/vitest.ts";

export default { test: { ...shared.test, include: ["{src,shop}/**/*.test.ts"] } };
