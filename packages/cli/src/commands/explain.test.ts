import { describe, expect, test } from "vitest";
import { createProject } from "../test-support/create-project.ts";
import { healthyProject } from "../test-support/healthy-project.ts";
import { runCli } from "../test-support/run-cli.ts";

test("a route's plugins and configuration are explained", async () => {
  const { folder } = createProject(healthyProject);
  const { code, stdout, stderr } = await runCli(folder, ["explain", "/admin/list"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "POST /admin/list
    src/admin/list.api.ts

    Plugins, outermost first
      1  http      built in, src/faas.yaml:3:5  applyConfig onInvoke
      2  auth      YAML src/faas.yaml:8:13      applyConfig onInvoke
      3  database  YAML src/faas.yaml:14:13     onMount onInvoke
      4  handler

    Configuration in the stage "development"
      http
        config.cookie.secure  false  src/faas.yaml:6:19
      auth
        type             file://./plugins/auth.ts  src/faas.yaml:8:13
        public           ["provider"]              src/faas.yaml:9:15
        config.provider  jwt                       src/faas.yaml:11:19
        config.secret    [redacted]                in code
          overrode       [redacted]                src/admin/faas.yaml:5:17
          overrode       [redacted]                src/faas.yaml:12:17
      database
        type         ./plugins/database  src/faas.yaml:14:13
        config.pool  [redacted]          src/faas.yaml:16:15
    "
  `);
});

test("its configuration alone is explained by config and its file", async () => {
  const { folder } = createProject(healthyProject);
  const { stdout } = await runCli(folder, ["explain", "config", "src/hello.api.ts"]);
  expect(stdout).toMatchInlineSnapshot(`
    "GET POST /hello
    src/hello.api.ts

    Configuration in the stage "development"
      http
        config.cookie.secure  false  src/faas.yaml:6:19
      auth
        type             file://./plugins/auth.ts  src/faas.yaml:8:13
        public           ["provider"]              src/faas.yaml:9:15
        config.provider  jwt                       src/faas.yaml:11:19
        config.secret    [redacted]                src/faas.yaml:12:17
      database
        type         ./plugins/database  src/faas.yaml:14:13
        config.pool  [redacted]          src/faas.yaml:16:15
    "
  `);
});

test("machines get each value with its place and what it overrode", async () => {
  const project = createProject(healthyProject);
  const { stdout } = await runCli(project.folder, ["explain", "config", "admin/list", "--json"]);
  const { ok, path, methods, file, plugins, config } = JSON.parse(stdout);
  expect({ ok, path, methods, file, plugins }).toEqual({
    ok: true,
    path: "/admin/list",
    methods: ["POST"],
    file: project.path("src/admin/list.api.ts"),
    plugins: undefined,
  });
  expect(config.find(({ key }: { key: string }) => key === "plugins.auth.config.secret")).toEqual({
    key: "plugins.auth.config.secret",
    value: "[redacted]",
    redacted: true,
    source: "code",
    variables: [],
    overrode: [
      expect.objectContaining({
        file: project.path("src/admin/faas.yaml"),
        line: 5,
        column: 17,
        redacted: true,
      }),
      expect.objectContaining({ file: project.path("src/faas.yaml"), line: 12, column: 17, redacted: true }),
    ],
  });
});

test("no secret is shown, from a variable, a file or code", async () => {
  const { folder } = createProject({
    ...healthyProject,
    "src/faas.yaml": healthyProject["src/faas.yaml"]!.replace("base-secret", "${PLANTED:-default-secret}"),
  });
  const outputs = await Promise.all(
    [
      ["explain", "/admin/list"],
      ["explain", "/hello", "--json"],
      ["explain", "config", "/hello", "--verbose"],
    ].map((args) => runCli(folder, args, { PLANTED: "planted-secret" })),
  );
  for (const { code, stdout, stderr } of outputs) {
    expect(code).toBe(0);
    expect(stdout + stderr).not.toMatch(/planted-secret|admin-secret|code-secret/);
  }
  expect(outputs[0]!.stdout).toContain("[redacted] ${PLANTED}");
});

describe("a route is found", () => {
  test.each([
    ["by its path", "/admin/list", "/admin/list"],
    ["without the slash", "admin/list", "/admin/list"],
    ["by its file from the working directory", "src/admin/list.api.ts", "/admin/list"],
    ["by its file from the root", "admin/list.api.ts", "/admin/list"],
    ["by a path that a default answers", "/orders/42", "/orders/*"],
  ])("%s", async (_, target, path) => {
    const { folder } = createProject({
      ...healthyProject,
      "src/orders/default.api.ts": `import { Func } from "@x/server";\nexport default new Func({ handler: () => 1 });\n`,
    });
    const { stdout } = await runCli(folder, ["explain", target, "--json"]);
    expect(JSON.parse(stdout).path).toBe(path);
  });

  test("or not, with a guess", async () => {
    const { folder } = createProject(healthyProject);
    const { code, stderr } = await runCli(folder, ["explain", "/admin/lst"]);
    expect([code, stderr]).toEqual([
      1,
      'error no API answers /admin/lst. Did you mean "/admin/list"? x routes lists all\n      of them. (UNKNOWN_ROUTE)\n',
    ]);
  });
});
