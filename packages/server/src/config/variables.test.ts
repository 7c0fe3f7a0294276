import { describe, expect, it } from "vitest";
import type { Environment } from "./node-value.ts";
import { createProject, serverError } from "./test-support/temp-project.ts";

/** The config of a plugin `a`, given as YAML. */
async function configOf(config: string, env: Environment): Promise<unknown> {
  const project = await createProject({ "faas.yaml": `defaults: { plugins: { a: { config: ${config} } } }` });
  project.configure({ env });
  return (await project.resolve()).plugins["a"]?.config;
}

describe("variables", () => {
  it.each([
    ["${A}", { A: "text" }, "text"],
    ["a ${A}b${B} $A ${A}", { A: "1", B: "2" }, "a 1b2 $A 1"],
    ["${A}", { A: "" }, ""],
    ["${A:-b}", {}, "b"],
    ["${A:-b}", { A: "" }, "b"],
    ["${A:-b}", { A: "a" }, "a"],
    ["${A:-}", {}, ""],
    ["${A:-${B:-c}}", {}, "c"],
    ["${A:-x${B}y}", { B: "b" }, "xby"],
    ['${A:-{"b":{"c":1}}}', {}, '{"b":{"c":1}}'],
    ['${A:-{"b":{"c":1}}}', { A: "a" }, "a"],
    ["${A:-a:-b}", {}, "a:-b"],
    ["$${A}", { A: "a" }, "${A}"],
    ["$${A} ${A} $$ $", { A: "a" }, "${A} a $$ $"],
    ["${A:-$${B}}", {}, "${B}"],
    ["$$${A}", { A: "a" }, "$${A}"],
    ["${A}", { A: "${B} $${C}" }, "${B} $${C}"],
    ["${_a1}", { _a1: "a" }, "a"],
  ])("%s with %o is %s", async (text, env, expected) => {
    expect(await configOf(`{ b: '${text}' }`, env)).toEqual({ b: expected });
  });

  it("a wholly interpolated value stays text, whatever it looks like", async () => {
    expect(await configOf("{ a: '${A}', b: ['${B}'], c: 1 }", { A: "5432", B: "true" })).toEqual({
      a: "5432",
      b: ["true"],
      c: 1,
    });
  });

  it.each([
    "${",
    "${}",
    "${A",
    "${1A}",
    "${A-b}",
    "${A:b}",
    "${A:?b}",
    "${A:-b",
    "${A:-${B}",
    "${A B}",
    "a ${ A}",
  ])("%s is a fault where it stands, whether it is used or not", async (text) => {
    const project = await createProject({
      "faas.yaml": `production:\n  plugins:\n    a:\n      config: { b: '${text}' }\n`,
    });
    project.configure({ env: { A: "1", B: "1" } });
    expect(await project.faults(project.resolve())).toEqual(["faas.yaml:4:20 production.plugins.a.config.b"]);
  });

  it("B-65: every missing variable is a fault where its value stands", async () => {
    const project = await createProject({
      "faas.yaml":
        "defaults:\n  plugins:\n    a:\n      config:\n        b: ${B}\n        c: [1, '${C} ${D}']\n",
      "x/faas.yaml": "defaults:\n  plugins:\n    a:\n      type: ${E}\n",
    });
    expect(await project.faults(project.resolve("x/x.api.ts"))).toEqual([
      "x/faas.yaml:4:13 defaults.plugins.a.type",
      "faas.yaml:5:12 defaults.plugins.a.config.b",
      "faas.yaml:6:16 defaults.plugins.a.config.c.1",
      "faas.yaml:6:16 defaults.plugins.a.config.c.1",
    ]);
  });

  it("a variable need not be set where its value does not count", async () => {
    const project = await createProject({
      "faas.yaml": `defaults:
  plugins:
    a: { config: { overridden: "\${NO}", code: "\${NO}", list: ["\${NO}"], map: { deep: "\${NO}" } } }
    off: { type: "\${NO}", config: { b: "\${NO}" } }
production:
  plugins:
    a: { config: { other: "\${NO}" } }
`,
      "x/faas.yaml": `defaults:
  plugins:
    a: { config: { overridden: 1, list: [], map: null } }
    off: { enabled: false }
`,
    });
    const code = { plugins: { a: { config: { code: 2 } } } };
    const { plugins } = await project.resolve("x/x.api.ts", code);
    expect(plugins["a"]?.config).toEqual({ overridden: 1, code: 2, list: [], map: null });
    expect(plugins["off"]).toEqual({ enabled: false });
  });

  it("enabled may come from a variable that says true or false", async () => {
    const project = await createProject({
      "faas.yaml": "defaults: { plugins: { a: { enabled: '${A:-true}' }, b: { enabled: '${B}' } } }",
    });
    project.configure({ env: { B: "false" } });
    const config = await project.resolve();
    expect([...config.entries.values()].map(({ enabled }) => enabled)).toEqual([true, false]);
    project.configure({ env: { A: "flase", B: "no" } });
    expect(await project.faults(project.resolve())).toEqual([
      "faas.yaml:1:38 defaults.plugins.a.enabled",
      "faas.yaml:1:68 defaults.plugins.b.enabled",
    ]);
  });

  it("what objects inherit is no variable, and neither does code know any", async () => {
    const project = await createProject({
      "faas.yaml": "defaults: { plugins: { a: { config: { b: '${toString}' } } } }",
    });
    project.configure({ env: process.env });
    expect(await project.faults(project.resolve())).toHaveLength(1);
    const code = { plugins: { a: { config: { b: "${HOME}" } } } };
    expect((await project.resolve(undefined, code)).plugins["a"]?.config).toEqual({ b: "${HOME}" });
  });

  it("a variable that nearly is set is told which, and never its value", async () => {
    const project = await createProject({
      "faas.yaml": "defaults: { plugins: { a: { config: { b: '${AUTH_SECRTE}' } } } }",
    });
    project.configure({ env: { AUTH_SECRET: "planted-secret" } });
    const { message } = await serverError(project.resolve());
    expect(message).toContain('Did you mean "AUTH_SECRET"?');
    expect(message).not.toContain("planted-secret");
  });
});
