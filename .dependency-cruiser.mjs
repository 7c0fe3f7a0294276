/** Which way imports may point. The picture behind it: pipeline ← client, server ← plugins, react, jobs ← cli ← the rest. */

// A package is known by its folder, and by its name where it is not built yet.
const PACKAGES = {
  pipeline: "^(packages/|@x/)pipeline(/|$)",
  client: "^(packages/|@x/)client(/|$)",
  clientPlugins: "^(packages/client-plugins/|@x/client-)",
  server: "^(packages/|@x/)server(/|$)",
  serverPlugins: "^(packages/server-plugins/|@x/server-)",
  react: "^(packages/|@x/)react(/|$)",
  jobs: "^(packages/|@x/)jobs(/|$)",
  cli: "^(packages/|@x/)cli(/|$)",
};
const TESTS_AND_CONFIG = "\\.test(-d)?\\.tsx?$|\\.config\\.ts$";

const packages = (...names) => names.map((name) => PACKAGES[name]);
const forbid = (name, from, to) => ({ name, severity: "error", from, to });

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
    forbid(
      "pipeline-stands-alone",
      { path: packages("pipeline"), pathNot: TESTS_AND_CONFIG },
      { pathNot: packages("pipeline") },
    ),
    forbid(
      "client-on-pipeline-alone",
      { path: packages("client") },
      { path: packages("server", "clientPlugins", "serverPlugins", "react", "jobs", "cli") },
    ),
    forbid(
      "server-never-on-client",
      { path: packages("server", "serverPlugins", "jobs") },
      { path: packages("client", "clientPlugins", "react", "cli") },
    ),
    forbid(
      "client-plugins-on-client-alone",
      { path: packages("clientPlugins", "react") },
      { path: packages("server", "serverPlugins", "jobs", "cli") },
    ),
    forbid("packages-never-on-what-uses-them", { path: "^packages/" }, { path: "^(examples|tests|bench)/" }),
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
      from: { path: "^packages/.+/src/", pathNot: TESTS_AND_CONFIG },
      // The entry of a folder inside, such as `testing/`, is imported by what tests with it.
      to: { path: ["^packages/[^/]+/src/index\\.ts$", "^packages/[^/]+/[^/]+/src/index\\.ts$"] },
    },
    {
      name: "types-and-errors-at-the-bottom",
      severity: "error",
      from: { path: "^packages/.+/src/(types|errors)\\.ts$" },
      to: { path: "^packages/.+/src/", pathNot: "/(types|errors)\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    exclude: { path: "(^|/)(\\.reports|\\.turbo)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "default"] },
  },
};
