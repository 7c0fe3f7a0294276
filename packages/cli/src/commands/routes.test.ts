import { expect, test } from "vitest";
import { createProject } from "../test-support/create-project.ts";
import { healthyProject } from "../test-support/healthy-project.ts";
import { runCli } from "../test-support/run-cli.ts";

test("routes are listed with methods, file and plugins", async () => {
  const { folder } = createProject(healthyProject);
  const { code, stdout, stderr } = await runCli(folder, ["routes"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "POST      /admin/list  src/admin/list.api.ts
        http > auth > database
    GET POST  /hello       src/hello.api.ts
        http > auth > database > audit > trace
    "
  `);
});

test("machines get all paths, and where each plugin comes from", async () => {
  const project = createProject({
    ...healthyProject,
    "src/orders/default.api.ts": `import { Func } from "@x/server";\nexport default new Func({ handler: () => 1 });\n`,
  });
  const { stdout } = await runCli(project.folder, ["routes", "--json", "--stage", "staging"]);
  const { ok, root, stage, routes } = JSON.parse(stdout);
  expect({ ok, root, stage }).toEqual({ ok: true, root: project.path("src"), stage: "staging" });
  expect(routes.map((route: { path: string }) => route.path)).toEqual(["/admin/list", "/hello", "/orders/*"]);
  expect(routes[2]).toMatchObject({ paths: ["/orders/*", "/orders/default"], methods: ["POST"] });
  expect(routes[1].plugins).toEqual([
    {
      name: "http",
      type: "http",
      from: "built in",
      file: project.path("src/faas.yaml"),
      line: 3,
      column: 5,
      hooks: expect.anything(),
    },
    {
      name: "auth",
      type: "auth",
      from: "file",
      file: project.path("src/faas.yaml"),
      line: 8,
      column: 13,
      hooks: ["applyConfig", "onInvoke"],
    },
    {
      name: "database",
      type: "database",
      from: "file",
      file: project.path("src/faas.yaml"),
      line: 14,
      column: 13,
      hooks: ["onMount", "onInvoke"],
    },
    {
      name: "audit",
      type: "audit",
      from: "code",
      file: project.path("src/hello.api.ts"),
      hooks: ["onInvoke"],
    },
    {
      name: "trace",
      type: "@/plugins/trace",
      from: "code",
      file: project.path("src/hello.api.ts"),
      hooks: ["onInvoke"],
    },
  ]);
});

test("a function that does not load is listed with its failure, and the command ends with 1", async () => {
  const { folder } = createProject({
    ...healthyProject,
    "src/broken.api.ts": `import { defineApi } from "@x/server";\n\nconst settings: any = undefined;\nexport default defineApi({ handler: settings.handler });\n`,
    "src/typo.api.ts": `import { defineApi } from "@x/server";\nexport default defineApi({ handler: () => 1 }};\n`,
  });
  const { code, stdout, stderr } = await runCli(folder, ["routes"]);
  expect(code).toBe(1);
  expect(stdout).toMatchInlineSnapshot(`
    "POST      /admin/list  src/admin/list.api.ts
        http > auth > database
    failed    /broken      src/broken.api.ts
    GET POST  /hello       src/hello.api.ts
        http > auth > database > audit > trace
    failed    /typo        src/typo.api.ts
    "
  `);
  expect(stderr).toMatchInlineSnapshot(`
    "error src/broken.api.ts could not be loaded (INVALID_API)
      src/broken.api.ts:4:46 Cannot read properties of undefined (reading 'handler')
    error src/typo.api.ts could not be loaded (INVALID_API)
      src/typo.api.ts:2 Expected ',', got '}'
    "
  `);
});

test("a fault of configuration is told once, however many functions it fails", async () => {
  const { folder } = createProject({ ...healthyProject, "src/faas.yaml": "defaults:\n  plugns: {}\n" });
  const { code, stderr } = await runCli(folder, ["routes"]);
  expect(code).toBe(1);
  expect(stderr).toMatchInlineSnapshot(`
    "error the configuration has one fault (INVALID_CONFIG)
      src/faas.yaml:2:3
        defaults.plugns: "plugns" is no key of a section, which has "plugins". Did
        you mean "plugins"?
    "
  `);
});

test("no hook of a plugin runs", async () => {
  const { folder } = createProject({
    "src/hello.api.ts": `import { defineApi } from "@x/server";
export default defineApi({
  plugins: [{ type: "db", name: "db", onMount() { throw new Error("connected"); } }],
  handler: () => 1,
});
`,
  });
  expect((await runCli(folder, ["routes"])).code).toBe(0);
});
