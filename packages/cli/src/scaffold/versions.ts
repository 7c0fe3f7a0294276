/** What a package that stands alone is built with: the versions that the official ones are. */
export const TOOL_VERSIONS = {
  "@types/node": "^24.19.2",
  publint: "^0.3.25",
  tsup: "^9.0.0",
  typescript: "6.0.3",
  vitest: "^5.1.1",
} as const;

/** The official packages that a plugin works with. */
export const CORE_RANGE = ">=0.1.0 <1";

/** The same inside the monorepo, where they have no version before their first release. */
export const WORKSPACE_CORE_RANGE = ">=0.0.0 <1";

/** Where plugins run that run in Node. */
export const NODE_RANGE = ">=22.18";
