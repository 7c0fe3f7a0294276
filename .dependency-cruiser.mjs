/** Which way imports may point. The picture behind it: pipeline ← client, server ← plugins, react, jobs ← cli ← the rest. */
const packages = (...names) => `^packages/(${names.join("|")})/`;
const TOP = "^(examples|tests|bench)/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycle",
      comment:
        "A cycle, type imports included, means that two files are one idea or that a third is missing.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "pipeline-stands-alone",
      severity: "error",
      from: { path: packages("pipeline"), pathNot: "\\.test(-d)?\\.ts$|\\.config\\.ts$" },
      to: { pathNot: packages("pipeline") },
    },
    {
      name: "client-on-pipeline-alone",
      severity: "error",
      from: { path: packages("client") },
      to: { path: packages("server", "client-plugins", "server-plugins", "react", "jobs", "cli") },
    },
    {
      name: "server-never-on-client",
      severity: "error",
      from: { path: packages("server", "server-plugins", "jobs") },
      to: { path: packages("client", "client-plugins", "react", "cli") },
    },
    {
      name: "client-plugins-on-client-alone",
      severity: "error",
      from: { path: packages("client-plugins", "react") },
      to: { path: packages("server", "server-plugins", "jobs", "cli") },
    },
    {
      name: "packages-never-on-what-uses-them",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: TOP },
    },
    {
      name: "across-packages-by-name",
      comment: "Another package is reached through its public exports, never by a path into its sources.",
      severity: "error",
      from: { path: "^(packages/[^/]+/[^/]+/|packages/[^/]+/|examples/|bench/|tests/)" },
      to: { path: "^packages/.+/src/", pathNot: "^$1" },
    },
    {
      name: "index-on-top",
      comment: "Inside a package the entry imports the rest; nothing imports the entry.",
      severity: "error",
      from: { path: "^packages/.+/src/", pathNot: "\\.test(-d)?\\.ts$" },
      to: { path: "^packages/.+/src/index\\.ts$" },
    },
    {
      name: "types-and-errors-at-the-bottom",
      severity: "error",
      from: { path: "^packages/.+/src/(types|errors)\\.ts$" },
      to: { path: "^packages/.+/src/", pathNot: "/(types|errors)\\.ts$" },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.reports|\\.turbo)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "default"] },
  },
};
