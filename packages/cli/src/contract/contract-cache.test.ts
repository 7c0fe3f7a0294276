import { readFileSync, rmSync } from "node:fs";
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

test("what nothing resolves and somebody declares is not missing", async () => {
  const project = create({
    "src/page.api.ts": toApi("page", 'import page from "./page.html";'),
    "src/assets.d.ts": 'declare module "*.html" {\n  const text: string;\n  export default text;\n}\n',
  });
  expect(await typesOf(project)).toMatchObject({ code: 0, problems: [] });
  expect(await typesOf(project)).toMatchObject({ code: 0, checked: 0 });
  expect(outputsOf(project)).toEqual({ page: "string" });
});

describe("what is known of a route", () => {
  test("holds until a file changes that it depends on", async () => {
    const project = create();
    await typesOf(project);
    project.write(
      "src/stock/stock.ts",
      contractProject["src/stock/stock.ts"]!.replace("left: number", "left: 1"),
    );
    expect(await typesOf(project)).toMatchObject({ checked: 1, changed: ["stock GET"] });
    project.write("src/other.ts", "export const nobody = 'imports it';\n");
    expect(await typesOf(project)).toMatchObject({ checked: 0 });
  });

  test("changes with what a plugin declares for all handlers", async () => {
    const declare = (type: string) => `import "@x/server";
declare module "@x/server" {
  interface DefineApiInject { user: ${type} }
}
`;
    const project = create({
      "src/user.api.ts": toApi("1").replace("()", "({ user })").replace("=> 1", "=> user"),
      "src/plugins/user.ts": declare("{ id: number }"),
    });
    await typesOf(project);
    expect(outputsOf(project)).toEqual({ user: { object: { id: "number" } } });
    project.write("src/plugins/user.ts", declare("string"));
    expect(await typesOf(project)).toMatchObject({ checked: 1, changed: ["user GET"] });
    expect(outputsOf(project)).toEqual({ user: "string" });
  });

  test("changes with the options of the compiler", async () => {
    const project = create({ "src/maybe.api.ts": toApi("[1].find((it) => it > 1) ?? null") });
    await typesOf(project);
    project.write("tsconfig.json", '{ "compilerOptions": { "strictNullChecks": false } }');
    expect(await typesOf(project)).toMatchObject({ checked: 1, changed: ["maybe GET"] });
    project.write("tsconfig.json", '{ "extends": "./base.json" }');
    project.write("base.json", '{ "compilerOptions": { "strict": true } }');
    expect(await typesOf(project)).toMatchObject({ checked: 1, changed: ["maybe GET"] });
    project.write("base.json", '{ "compilerOptions": { "strict": false } }');
    expect(await typesOf(project)).toMatchObject({ checked: 1, changed: ["maybe GET"] });
  });

  test("brings back files that were removed, and is not needed for anything", async () => {
    const project = create();
    await typesOf(project);
    const before = read(project, "src/contract.json");
    rmSync(project.path("src/contract.ts"));
    expect(await typesOf(project)).toMatchObject({ code: 0, checked: 0 });
    rmSync(project.path("src/contract.json"));
    expect(await typesOf(project)).toMatchObject({ code: 0, checked: 0, changed: [] });
    expect(read(project, "src/contract.json")).toBe(before);
    rmSync(project.path("node_modules/.cache"), { recursive: true });
    expect(await typesOf(project)).toMatchObject({ code: 0, checked: 3, current: true });
  });
});

test("300 routes are written, and after a change only those are looked at that it concerns", async () => {
  const files: Record<string, string> = {};
  for (let group = 0; group < 20; group += 1) {
    files[`src/g${group}/item.ts`] =
      `export interface Item { id: number; at: Date }\nexport const item: Item = { id: 1, at: new Date() };\n`;
    for (let index = 0; index < 15; index += 1)
      files[`src/g${group}/r${index}.api.ts`] = toApi("item", 'import { item } from "./item.ts";');
  }
  const project = create(files);
  expect(await typesOf(project)).toMatchObject({ code: 0, paths: 300, checked: 300 });
  expect(await typesOf(project)).toMatchObject({ code: 0, checked: 0, current: true });
  project.write("src/g7/item.ts", files["src/g7/item.ts"]!.replaceAll("id:", "key:"));
  const update = await typesOf(project);
  expect([update.checked, update.changed.length]).toEqual([15, 15]);
  expect(update.changed.every((name: string) => name.startsWith("g7/"))).toBe(true);
});
