import { relative } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { contractPackages, contractProject } from "../test-support/contract-project.ts";
import { createProject } from "../test-support/create-project.ts";
import { runCli } from "../test-support/run-cli.ts";

const TYPES_ALONE = `import { createClient } from "@x/client";
import type { Contract } from "../src/contract.ts";

export const client = createClient<Contract>({ baseUrl: "/api" });
`;
const WITH_VALUE = `${TYPES_ALONE.replace("import type { Contract }", "import { contract, type Contract }")}
export const { hashes } = contract;
export const shapes = () => contract.shapes();
`;

/** Bundles a client as an application would, and gives the files of its project that each chunk is made of. */
async function bundle(
  source: string,
): Promise<{ readonly chunks: readonly string[][]; readonly text: string }> {
  const project = createProject(
    { ...contractProject, "web/client.ts": source },
    { packages: contractPackages },
  );
  expect((await runCli(project.folder, ["types"])).code).toBe(0);
  const { metafile, outputFiles } = await build({
    entryPoints: [project.path("web/client.ts")],
    absWorkingDir: project.folder,
    outdir: project.path("out"),
    bundle: true,
    splitting: true,
    format: "esm",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const chunks = Object.values(metafile.outputs).map(({ inputs }) =>
    Object.keys(inputs)
      .map((file) => relative(project.folder, project.path(file)))
      .toSorted(),
  );
  return { chunks, text: outputFiles.map(({ text }) => text).join("\n") };
}

const isOwn = (file: string) => file.startsWith("src/") || file.startsWith("web/");
const isServer = (file: string) => /\.api\.ts$|packages\/server\/|\/zod/.test(file);

describe("the bundle of a client", () => {
  test("has nothing of the server, and nothing of the contract where types are all it imports", async () => {
    const { chunks, text } = await bundle(TYPES_ALONE);
    expect(chunks.map((files) => files.filter(isOwn))).toEqual([["web/client.ts"]]);
    expect(chunks.flat().filter(isServer)).toEqual([]);
    expect(text).not.toMatch(/defineApi|ZodObject|orders\/create/);
  });

  test("has the hashes where it imports them, and the shapes in a chunk that is loaded when they are asked for", async () => {
    const { chunks, text } = await bundle(WITH_VALUE);
    const own = chunks.map((files) => files.filter(isOwn)).filter((files) => files.length > 0);
    expect(own.toSorted((a, b) => b.length - a.length)).toEqual([
      ["src/contract.ts", "web/client.ts"],
      ["src/contract.json"],
    ]);
    expect(chunks.flat().filter(isServer)).toEqual([]);
    expect(text).not.toMatch(/defineApi|ZodObject/);
  });
});
