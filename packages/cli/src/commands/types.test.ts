import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contractPackages, contractProject, toApi } from "../test-support/contract-project.ts";
import { createProject, type TestProject } from "../test-support/create-project.ts";
import { runCli } from "../test-support/run-cli.ts";

function create(files: Readonly<Record<string, string>> = contractProject): TestProject {
  return createProject(files, { packages: contractPackages });
}

async function typesOf(project: TestProject, ...args: readonly string[]) {
  const { code, stdout } = await runCli(project.folder, ["types", "--json", ...args]);
  return { code, ...JSON.parse(stdout) };
}

const read = (project: TestProject, file: string) => readFileSync(project.path(file), "utf8");
const outputsOf = (project: TestProject) =>
  Object.fromEntries(
    Object.entries<{ GET: { output: unknown } }>(JSON.parse(read(project, "src/contract.json"))).map(
      ([path, { GET }]) => [path, GET.output],
    ),
  );

describe("x types", () => {
  test("writes what clients need to know of every path, and tells what is new", async () => {
    const project = create();
    const { code, stdout, stderr } = await runCli(project.folder, ["types"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "Wrote src/contract.ts: 3 paths
        added    POST    /orders/create
        added    PUT     /orders/create
        added    GET     /orders/list
        added    GET     /stock
      "
    `);
    expect(read(project, "src/contract.ts")).toMatchInlineSnapshot(`
      "// Written by \`x types\`. Changes are lost.
      /* eslint-disable */
      import type { ApiContract } from "@x/server";

      export interface Contract {
        "orders/create": ApiContract<typeof import("./orders/create.api.ts").default>;
        "orders/list": ApiContract<typeof import("./orders/list.api.ts").default>;
        "stock": ApiContract<typeof import("./stock/index.api.ts").default>;
      }

      export const contract = {
        hashes: {
          "orders/create POST": "lhNFT6NkoKyw",
          "orders/create PUT": "lhNFT6NkoKyw",
          "orders/list GET": "x9kx8LCW4JmI",
          "stock GET": "r-ybZffBMCQH",
        },
        shapes: () => import("./contract.json", { with: { type: "json" } }),
      } as const;
      "
    `);
    expect(read(project, "src/contract.json")).toMatchInlineSnapshot(`
      "{
        "orders/create": {
          "POST": {
            "hash": "lhNFT6NkoKyw",
            "input": {"object":{"quantity":{"optional":"number"},"sku":"string"}},
            "output": {"object":{"id":"number","sku":"string"}},
            "errors": {"OUT_OF_STOCK":{"object":{"left":"number"}}}
          },
          "PUT": {
            "hash": "lhNFT6NkoKyw",
            "input": {"object":{"quantity":{"optional":"number"},"sku":"string"}},
            "output": {"object":{"id":"number","sku":"string"}},
            "errors": {"OUT_OF_STOCK":{"object":{"left":"number"}}}
          }
        },
        "orders/list": {
          "GET": {
            "hash": "x9kx8LCW4JmI",
            "input": {"object":{},"rest":"unknown"},
            "output": {"array":{"object":{"id":"number"}}},
            "errors": {}
          }
        },
        "stock": {
          "GET": {
            "hash": "r-ybZffBMCQH",
            "input": {"object":{},"rest":"unknown"},
            "output": {"array":{"object":{"left":"number","since":"string","sku":"string"}}},
            "errors": {}
          }
        }
      }
      "
    `);
  });

  test("writes nothing when nothing changed, and asks TypeScript nothing", async () => {
    const project = create();
    expect(await typesOf(project)).toMatchObject({ code: 0, current: false, paths: 3, checked: 3 });
    const before = ["src/contract.ts", "src/contract.json"].map(
      (file) => statSync(project.path(file)).mtimeMs,
    );
    expect(await typesOf(project)).toMatchObject({ code: 0, current: true, paths: 3, checked: 0 });
    const after = ["src/contract.ts", "src/contract.json"].map(
      (file) => statSync(project.path(file)).mtimeMs,
    );
    expect(after).toEqual(before);
    expect((await runCli(project.folder, ["types"])).stdout).toBe("src/contract.ts is current: 3 paths\n");
  });

  test("loads no module of the project", async () => {
    const project = create({ "src/a.api.ts": `${toApi("1")}throw new Error("loaded");\n` });
    expect(await typesOf(project)).toMatchObject({ code: 0, added: ["a GET"] });
  });

  test("names a path as clients do: an index by its folder, and no fallback", async () => {
    const project = create({
      "src/index.api.ts": toApi("1"),
      "src/orders/index.api.ts": toApi("1"),
      "src/orders/default.api.ts": toApi("1"),
      "src/orders/some thing.api.ts": toApi("1"),
      "src/default.api.ts": toApi("1"),
    });
    expect((await typesOf(project)).added).toEqual([" GET", "orders GET", "orders/some thing GET"]);
  });

  test("with --check tells what differs, writes nothing, and ends with 1", async () => {
    const project = create();
    const missing = await runCli(project.folder, ["types", "--check"]);
    expect([missing.code, missing.stdout.split("\n", 1)]).toEqual([
      1,
      ["src/contract.ts is not current: run x types"],
    ]);
    expect(existsSync(project.path("src/contract.ts"))).toBe(false);

    await runCli(project.folder, ["types"]);
    expect((await runCli(project.folder, ["types", "--check"])).code).toBe(0);
    const before = read(project, "src/contract.json");
    project.write("src/orders/list.api.ts", toApi("[{ id: 'a' }]"));
    project.write("src/orders/show.api.ts", toApi("1"));
    rmSync(project.path("src/stock/index.api.ts"));
    const { code, stdout } = await runCli(project.folder, ["types", "--check"]);
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "src/contract.ts is not current: run x types
        added    GET     /orders/show
        changed  GET     /orders/list
        removed  GET     /stock
      "
    `);
    expect(read(project, "src/contract.json")).toBe(before);
  });

  test("writes anew what a merge has torn, whatever the server thinks of it", async () => {
    const project = create();
    await typesOf(project);
    const files = ["src/contract.ts", "src/contract.json"];
    const before = files.map((file) => read(project, file));
    for (const [index, file] of files.entries())
      project.write(file, before[index]!.replace("\n", "\n<<<<<<< ours\n=======\n>>>>>>> theirs\n"));
    expect(await typesOf(project)).toMatchObject({ code: 0, current: false, checked: 0 });
    expect(files.map((file) => read(project, file))).toEqual(before);
  });

  test("takes a folder, and another place for what it writes", async () => {
    const project = create();
    const update = await typesOf(project, "src/orders", "--out", "web/api.ts");
    expect(update).toMatchObject({ code: 0, root: project.path("src/orders"), paths: 2 });
    expect(read(project, "web/api.ts")).toContain(
      '"create": ApiContract<typeof import("../src/orders/create.api.ts").default>',
    );
    expect(read(project, "web/api.ts")).toContain('import("./api.json", { with: { type: "json" } })');
    expect(Object.keys(JSON.parse(read(project, "web/api.json")))).toEqual(["create", "list"]);
  });

  test.each([
    ["src/contract.ts", "export const mine = 1;\n"],
    ["src/contract.json", '{ "mine": 1 }\n'],
  ])("overwrites no %s of somebody else", async (file, text) => {
    const project = create({ ...contractProject, [file]: text });
    expect(await typesOf(project)).toMatchObject({ code: 1, error: { code: "TARGET_EXISTS" } });
    expect(read(project, file)).toBe(text);
  });

  test.each([
    ["--out", "contract.json"],
    ["--out", "contract.d.ts"],
    ["src", "--root", "src"],
  ])("refuses %s %s", async (...args) => {
    expect(await typesOf(create(), ...args)).toMatchObject({ code: 2, error: { code: "INVALID_USAGE" } });
  });
});

describe("a route whose types are wrong", () => {
  test("is told with its place, and all others are written", async () => {
    const project = create({
      "src/fine.api.ts": toApi("1"),
      "src/none.api.ts": "export const handler = () => 1;\n",
      "src/torn.api.ts": "export default defineApi({ handler: ( => 1 });\n",
      "src/half.api.ts": toApi("({ value })", 'import { value } from "./value.ts";'),
      "src/value.ts": "export { value } from 'not-installed';\n",
    });
    const { code, stdout, stderr } = await runCli(project.folder, ["types"]);
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "Wrote src/contract.ts: 4 paths
        added    GET     /fine
        added    GET     /half
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "error /half has not all of its types
        src/value.ts:1:23
          Cannot find module 'not-installed' or its corresponding type declarations.
      error /none has no types
        src/none.api.ts
          it exports no API by default
      error /torn has no types
        src/torn.api.ts:1:39
          '(' expected.
      "
    `);
    expect(Object.keys(JSON.parse(read(project, "src/contract.json")))).toEqual(["fine", "half"]);
  });

  test("is looked at again until it is mended, also when the file itself does not change", async () => {
    const project = create({
      "src/fine.api.ts": toApi("1"),
      "src/half.api.ts": toApi("value", 'import { value } from "./later.ts";'),
    });
    expect(await typesOf(project)).toMatchObject({ code: 1, checked: 2 });
    expect(await typesOf(project)).toMatchObject({ code: 1, checked: 1 });
    project.write("src/later.ts", "export const value = 'here';\n");
    expect(await typesOf(project)).toMatchObject({
      code: 0,
      checked: 1,
      changed: ["half GET"],
      problems: [],
    });
    expect(outputsOf(project)).toEqual({ fine: "number", half: "string" });
  });
});
