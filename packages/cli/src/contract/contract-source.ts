import { basename, dirname, relative, sep } from "node:path";
import { SERVER_PACKAGE } from "../project/load-server.ts";
import type { ContractRoute } from "./contract-routes.ts";

/** By which a file is known to be ours, and may be written anew. */
export const CONTRACT_HEADER = "// Written by `x types`. Changes are lost.";

/** The rules of a project are for what its people write. Oxlint heeds the words for ESLint too. */
const FOR_LINTERS = "/* eslint-disable */";

/** By path and method: `orders/create POST`. */
export type ContractHashes = Readonly<Record<string, string>>;

/** The types of all routes, as one interface. A client that uses nothing else has nothing of this file in its bundle. */
export function toContractTypes(routes: readonly ContractRoute[], file: string): string {
  const members = routes.map(
    ({ path, file: api }) =>
      `  ${JSON.stringify(path)}: ApiContract<typeof import(${JSON.stringify(toSpecifier(file, api))}).default>;\n`,
  );
  return [
    `import type { ApiContract } from ${JSON.stringify(SERVER_PACKAGE)};\n\n`,
    `export interface Contract {\n${members.join("")}}\n`,
  ].join("");
}

/** The text of `contract.ts`: the types, and what a client needs to notice that the server has another contract. */
export function toContractSource(
  routes: readonly ContractRoute[],
  hashes: ContractHashes,
  file: string,
): string {
  const lines = Object.entries(hashes).map(
    ([name, hash]) => `    ${JSON.stringify(name)}: ${JSON.stringify(hash)},\n`,
  );
  const shapes = JSON.stringify(`./${basename(toShapesFile(file))}`);
  return [
    `${CONTRACT_HEADER}\n${FOR_LINTERS}\n${toContractTypes(routes, file)}\n`,
    "export const contract = {\n",
    lines.length === 0 ? "  hashes: {},\n" : `  hashes: {\n${lines.join("")}  },\n`,
    `  shapes: () => import(${shapes}, { with: { type: "json" } }),\n`,
    "} as const;\n",
  ].join("");
}

/** The hashes that a text of ours holds. */
export function readHashes(source: string): Map<string, string> {
  const start = source.indexOf("\nexport const contract = {");
  // Nothing else in the file has such a line.
  return new Map(
    [...source.slice(start).matchAll(/^ {4}(".*"): (".*"),$/gm)].map(([, name = '""', hash = '""']) => [
      String(JSON.parse(name)),
      String(JSON.parse(hash)),
    ]),
  );
}

/** `contract.json` beside `contract.ts`. */
export function toShapesFile(file: string): string {
  return file.replace(/\.[cm]?ts$/, "") + ".json";
}

function toSpecifier(from: string, to: string): string {
  const path = relative(dirname(from), to).split(sep).join("/");
  return path.startsWith("../") ? path : `./${path}`;
}
