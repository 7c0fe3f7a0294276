import { fieldsOf, kindOf, type Rule, SCOPE } from "./package-rule.ts";
import type { Manifest } from "./workspace.ts";

type Dependencies = readonly (readonly [name: string, range: unknown])[];

/** A lower bound and an upper one, such as `>=0.1.0 <1`. */
const OPEN_RANGE = /^>=\d+\.\d+\.\d+(?:-[\w.]+)? <\d+(?:\.\d+){0,2}(?:-0)?$/;

/** What a published package may depend on, and how it says so. Development dependencies reach no user. */
export const DEPENDENCY_RULES: readonly Rule[] = [
  {
    id: "peer-range",
    reason: `a peer in ${SCOPE} has no range like ">=0.1.0 <1"; a tighter one turns its every minor into our major`,
    holds: ({ peerDependencies }) =>
      ours(peerDependencies).every(([, range]) => OPEN_RANGE.test(String(range))),
  },
  {
    id: "peer-development",
    reason: `a peer in ${SCOPE} is not in "devDependencies" as "workspace:*"`,
    holds: ({ peerDependencies, devDependencies }) =>
      ours(peerDependencies).every(([name]) => fieldsOf(devDependencies)[name] === "workspace:*"),
  },
  {
    id: "dependency-range",
    reason: `a dependency in ${SCOPE} is not "workspace:^"`,
    holds: ({ dependencies, optionalDependencies }) =>
      [...ours(dependencies), ...ours(optionalDependencies)].every(([, range]) => range === "workspace:^"),
  },
  {
    id: "no-private-dependency",
    reason: "it depends on a private package, which users cannot install",
    // Private packages are those of the workspace without the scope.
    holds: (manifest) =>
      shipped(manifest).every(([name, range]) => isOurs(name) || !String(range).startsWith("workspace:")),
  },
  {
    id: "pipeline-stands-alone",
    reason: "the pipeline has a dependency",
    holds: (manifest, directory) => kindOf(directory) !== "pipeline" || shipped(manifest).length === 0,
  },
  uses("client", "pipeline"),
  uses("server", "pipeline"),
  uses("jobs", "server"),
  uses("client-plugins", "client"),
  uses("react", "client"),
  uses("server-plugins", "server"),
  peersOnly("jobs"),
  peersOnly("client-plugins"),
  peersOnly("react"),
  peersOnly("server-plugins"),
  peersOnly("cli"),
];

/** Arrows point down only: packages of a kind know one other package of ours. */
function uses(kind: string, base: string): Rule {
  return {
    id: `${kind}-on-${base}-alone`,
    reason: `${kind} depends on another package in ${SCOPE} than ${SCOPE}${base}`,
    holds: (manifest, directory) =>
      kindOf(directory) !== kind ||
      shipped(manifest).every(([name]) => !isOurs(name) || name === SCOPE + base),
  };
}

/** Plugins and tools work on the copy that the user has; a dependency could bring a second one. */
function peersOnly(kind: string): Rule {
  return {
    id: `${kind}-peers`,
    reason: `what it extends or works on is in "dependencies" instead of "peerDependencies"`,
    holds: ({ dependencies, optionalDependencies }, directory) =>
      kindOf(directory) !== kind || [...ours(dependencies), ...ours(optionalDependencies)].length === 0,
  };
}

/** Everything that is installed with the package. */
function shipped({ dependencies, optionalDependencies, peerDependencies }: Manifest): Dependencies {
  return [dependencies, optionalDependencies, peerDependencies].flatMap((field) =>
    Object.entries(fieldsOf(field)),
  );
}

function ours(dependencies: unknown): Dependencies {
  return Object.entries(fieldsOf(dependencies)).filter(([name]) => isOurs(name));
}

function isOurs(name: string): boolean {
  return name.startsWith(SCOPE);
}
