import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contractPackages, toApi } from "../test-support/contract-project.ts";
import { createProject } from "../test-support/create-project.ts";
import { runCli } from "../test-support/run-cli.ts";

const DECLARATIONS = `
enum Level { low = "low", high = "high" }
interface Tree { value: number; children: Tree[]; parent?: Tree }
interface Left { right: Right | null }
interface Right { left: Left }
type Json = null | string | Json[] | { [key: string]: Json };
type Endless<T> = { value: T; more?: Endless<T[]>; most?: Endless<T[]> };
declare function give<T>(): T;
`;

const date = "string";
const SHAPES: readonly (readonly [type: string, shape: unknown])[] = [
  ["string", "string"],
  ["'a' | 'b'", { anyOf: [{ const: "a" }, { const: "b" }] }],
  ["1 | 2 | true", { anyOf: [{ const: 1 }, { const: 2 }, { const: true }] }],
  ["boolean | 'maybe'", { anyOf: ["boolean", { const: "maybe" }] }],
  ["`id-${number}`", "string"],
  ["Level", { anyOf: [{ const: "high" }, { const: "low" }] }],
  ["null", "null"],
  ["void", "unknown"],
  ["unknown", "unknown"],
  ["any", "unknown"],
  ["Date", date],
  ["string & { readonly brand: 1 }", "string"],
  ["{ a: 1 } & { b?: 2 }", { object: { a: { const: 1 }, b: { optional: { const: 2 } } } }],
  [
    "{ b: string; a?: number | undefined; c: null | Date }",
    { object: { a: { optional: "number" }, b: "string", c: { anyOf: ["null", date] } } },
  ],
  ["{ a: string | undefined; f(): void }", { object: { a: { optional: "string" } } }],
  ["readonly string[]", { array: "string" }],
  ["[string, Date]", { tuple: ["string", date] }],
  ["[string, ...number[]]", { array: { anyOf: ["number", "string"] } }],
  ["[]", { tuple: [] }],
  ["Record<string, number>", { object: {}, rest: "number" }],
  ["{ [key: string]: unknown; id: number }", { object: { id: "number" }, rest: "unknown" }],
  ["Map<string, number>", { object: {} }],
  ["{ a: 1 } | { b: 2 }", { anyOf: [{ object: { a: { const: 1 } } }, { object: { b: { const: 2 } } }] }],
  ["Blob", "file"],
  [
    "Tree",
    {
      ref: "#/defs/1",
      defs: {
        "1": {
          object: {
            children: { array: { ref: "#/defs/1" } },
            parent: { optional: { ref: "#/defs/1" } },
            value: "number",
          },
        },
      },
    },
  ],
  [
    "{ left: Left }",
    {
      object: { left: { ref: "#/defs/1" } },
      defs: {
        "1": { object: { right: { anyOf: ["null", { object: { left: { ref: "#/defs/1" } } }] } } },
      },
    },
  ],
  [
    "Json[]",
    {
      array: { ref: "#/defs/1" },
      defs: {
        "1": {
          anyOf: [
            "null",
            "string",
            { array: { ref: "#/defs/1" } },
            { object: {}, rest: { ref: "#/defs/1" } },
          ],
        },
      },
    },
  ],
];

test("every type has the shape that it has on the wire", async () => {
  const files = SHAPES.map(([type], index) => [
    `src/t${index}.api.ts`,
    toApi(`give<${type}>()`, DECLARATIONS),
  ]);
  const project = createProject(Object.fromEntries(files), { packages: contractPackages });
  const { code, stderr } = await runCli(project.folder, ["types"]);
  expect([code, stderr]).toEqual([0, ""]);
  const written = JSON.parse(readFileSync(project.path("src/contract.json"), "utf8"));
  const outputs = SHAPES.map(([type], index) => [type, written[`t${index}`].GET.output]);
  expect(Object.fromEntries(outputs)).toEqual(Object.fromEntries(SHAPES));
});

test("a type without an end has a shape that has one", async () => {
  const files = { "src/endless.api.ts": toApi("give<Endless<string>>()", DECLARATIONS) };
  const project = createProject(files, { packages: contractPackages });
  expect((await runCli(project.folder, ["types"])).code).toBe(0);
  expect(readFileSync(project.path("src/contract.json"), "utf8")).toContain('"value":"string"');
});

test("names, order and place of a type change no hash, and what is in it does", async () => {
  const toProject = (type: string, declarations: string) =>
    createProject(
      { "src/a.api.ts": toApi(`give<${type}>()`, `declare function give<T>(): T;\n${declarations}`) },
      { packages: contractPackages },
    );
  const hashOf = async (type: string, declarations: string) => {
    const project = toProject(type, declarations);
    await runCli(project.folder, ["types"]);
    return JSON.parse(readFileSync(project.path("src/contract.json"), "utf8")).a.GET.hash as string;
  };
  const one = await hashOf("Tree | 'a' | 'b'", "interface Tree { value: number; next?: Tree }");
  const same = await hashOf("'b' | List | 'a'", "interface List { next?: List; value: number }");
  const other = await hashOf("Tree | 'a' | 'b'", "interface Tree { value: string; next?: Tree }");
  expect([same, other === one]).toEqual([one, false]);
  expect(one).toMatch(/^[\w-]{12}$/);
});

test("a form has the shapes of its fields, and is known to change when they do", async () => {
  const toFiles = (fields: string) => ({
    "src/a.api.ts": `import { defineApi } from "@x/server";
import { z } from "zod";

export default defineApi({ schema: z.object({ ${fields} }), handler: () => 1 });
`,
  });
  const readForm = async (fields: string) => {
    const project = createProject(toFiles(fields), { packages: contractPackages });
    expect((await runCli(project.folder, ["types"])).code).toBe(0);
    return JSON.parse(readFileSync(project.path("src/contract.json"), "utf8")).a.POST;
  };
  const one = await readForm("photo: z.file(), more: z.array(z.file()).optional(), title: z.string()");
  expect(one.input).toEqual({
    object: { photo: "file", more: { optional: { array: "file" } }, title: "string" },
  });
  const other = await readForm("photo: z.file(), title: z.string().optional(), size: z.coerce.number()");
  expect(other.input).toEqual({ object: { photo: "file", size: "unknown", title: { optional: "string" } } });
  expect(other.hash).not.toBe(one.hash);
});
