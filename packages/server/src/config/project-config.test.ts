import { mkdir, rm, symlink } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as yaml from "yaml";
import type { FuncConfig } from "../types.ts";
import { ProjectConfig } from "./project-config.ts";
import { createProject, serverError } from "./test-support/temp-project.ts";

vi.mock("yaml", async (importOriginal) => {
  const original = await importOriginal<typeof yaml>();
  return { ...original, parseDocument: vi.fn<typeof yaml.parseDocument>(original.parseDocument) };
});
beforeEach(() => {
  vi.mocked(yaml.parseDocument).mockClear();
});

/** A file with one plugin, `auth`, in each section. */
const file = (sections: Record<string, string>) =>
  Object.entries(sections)
    .map(([stage, config]) => `${stage}:\n  plugins:\n    auth:\n      config: ${config}\n`)
    .join("");
const authOf = (config: FuncConfig) => config.plugins?.["auth"]?.config;

describe("layers", () => {
  it("B-64: the seed's example ends with the root's provider and the code's secret", async () => {
    const project = await createProject({
      "src/faas.yaml": `defaults:
  plugins:
    auth:
      type: file://./plugins/auth.ts
      config:
        provider: jwt
        secret: base-secret
`,
      "src/admin/faas.yaml": file({ defaults: "{ secret: admin-secret }" }),
    });
    const config = new ProjectConfig({ root: project.path("src") });
    const users = project.path("src/admin/users.api.ts");
    const code = { plugins: { auth: { config: { secret: "code-secret" } } } };
    expect(authOf(await config.resolve(users))).toEqual({ provider: "jwt", secret: "admin-secret" });
    expect(authOf(await config.resolve(users, code))).toEqual({ provider: "jwt", secret: "code-secret" });
    expect(authOf(await config.resolve(project.path("src/ping.api.ts")))).toEqual({
      provider: "jwt",
      secret: "base-secret",
    });
  });

  it("B-64: root defaults, root stage, deeper defaults, deeper stage and code lie in this order", async () => {
    const project = await createProject({
      "faas.yaml": file({
        production: "{ b: root stage, c: root stage, d: root stage, e: root stage }",
        defaults:
          "{ a: root defaults, b: root defaults, c: root defaults, d: root defaults, e: root defaults }",
      }),
      "admin/faas.yaml": file({
        production: "{ d: deeper stage, e: deeper stage }",
        defaults: "{ c: deeper defaults, d: deeper defaults, e: deeper defaults }",
      }),
    });
    project.configure({ stage: "production" });
    const code = { plugins: { auth: { config: { e: "code" } } } };
    expect(authOf(await project.resolve("admin/users.api.ts", code))).toEqual({
      a: "root defaults",
      b: "root stage",
      c: "deeper defaults",
      d: "deeper stage",
      e: "code",
    });
  });

  it("B-64: folders between the root and the file count, siblings and deeper ones do not", async () => {
    const project = await createProject({
      "faas.yaml": file({ defaults: "{ from: [root] }" }),
      "a/faas.yaml": file({ defaults: "{ a: true }" }),
      "a/b/c/faas.yaml": file({ defaults: "{ c: true }" }),
      "a/b/c/d/faas.yaml": file({ defaults: "{ d: true }" }),
      "other/faas.yaml": file({ defaults: "{ other: true }" }),
    });
    expect(authOf(await project.resolve("a/b/c/x.api.ts"))).toEqual({ from: ["root"], a: true, c: true });
    expect(authOf(await project.resolve())).toEqual({ from: ["root"] });
  });

  it("the stage is development unless another is chosen", async () => {
    const project = await createProject({
      "faas.yaml": file({ development: "{ a: dev }", test: "{ a: test }" }),
    });
    expect(authOf(await project.resolve())).toEqual({ a: "dev" });
    project.configure({ stage: "test" });
    expect(authOf(await project.resolve())).toEqual({ a: "test" });
  });

  it("B-66: a stage may be named like a method of objects", async () => {
    for (const stage of ["get", "root", "toString", "hasOwnProperty", "valueOf"]) {
      const project = await createProject({
        "faas.yaml": file({ defaults: "{ a: 0, b: 0 }", [stage]: "{ a: 1 }" }),
      });
      expect(authOf(await project.resolve())).toEqual({ a: 0, b: 0 });
      project.configure({ stage });
      expect(authOf(await project.resolve())).toEqual({ a: 1, b: 0 });
    }
  });

  it("B-66: a plugin may be named like a method of objects, and is not found where it is not configured", async () => {
    const project = await createProject({
      "faas.yaml": "defaults: { plugins: { valueOf: { config: { a: 1 } } } }",
    });
    const { plugins } = await project.resolve();
    expect(plugins["valueOf"]?.config).toEqual({ a: 1 });
    expect(plugins["hasOwnProperty"]).toBeUndefined();
    expect(Object.keys(plugins)).toEqual(["valueOf"]);
  });

  it("a key without a value says nothing where a map is due, and null where a setting is", async () => {
    const project = await createProject({
      "faas.yaml": "defaults:\n  plugins:\n    auth:\n      config:\n        a: { b: 1 }\n    http:\n",
      "a/faas.yaml": "defaults:\n",
      "b/faas.yaml": "defaults:\n  plugins:\n",
      "c/faas.yaml": "defaults:\n  plugins:\n    auth:\n",
      "d/faas.yaml": "defaults:\n  plugins:\n    auth:\n      config:\n",
      "e/faas.yaml": "defaults:\n  plugins:\n    auth:\n      config:\n        a:\n",
      "f/faas.yaml": "# nothing\n",
      "g/faas.yaml": "",
    });
    for (const folder of ["a", "b", "c", "d", "f", "g"]) {
      const config = await project.resolve(`${folder}/x.api.ts`);
      expect(authOf(config)).toEqual({ a: { b: 1 } });
      expect(Object.keys(config.plugins)).toEqual(["auth", "http"]);
    }
    expect(authOf(await project.resolve("e/x.api.ts"))).toEqual({ a: null });
  });

  it("an undefined in code says nothing, null does", async () => {
    const project = await createProject({ "faas.yaml": file({ defaults: "{ a: 1, b: 1 }" }) });
    const code = { plugins: { auth: { config: { a: undefined, b: null } }, other: undefined as never } };
    const config = await project.resolve("x.api.ts", code);
    expect(authOf(config)).toEqual({ a: 1, b: null });
    expect(Object.keys(config.plugins)).toEqual(["auth"]);
  });

  it("aliases and merge keys count as if written out, and what stands beside them wins", async () => {
    const project = await createProject({
      "faas.yaml": `defaults:
  plugins:
    one: &one { type: ./one.ts, config: &config { a: 1, b: 1 } }
    two: { <<: *one, config: { <<: [{ a: 2, c: 2 }, *config, { a: 3, d: 3 }], b: 0 } }
    three: *one
`,
    });
    const { plugins } = await project.resolve();
    expect(plugins["two"]).toEqual({ type: "./one.ts", config: { a: 2, b: 0, c: 2, d: 3 } });
    expect(plugins["three"]).toEqual({ type: "./one.ts", config: { a: 1, b: 1 } });
  });

  it("a byte order mark and Windows line ends are no part of anything", async () => {
    const project = await createProject({
      "faas.yaml": `\uFEFF${file({ defaults: "{ a: text }" })}`.replaceAll("\n", "\r\n"),
    });
    expect(authOf(await project.resolve())).toEqual({ a: "text" });
  });
});

describe("reading", () => {
  it("1,000 files under three configuration files parse each of them once, also at the same time", async () => {
    const project = await createProject({
      "faas.yaml": file({ defaults: "{ a: 1 }" }),
      "a/faas.yaml": file({ defaults: "{ a: 2 }" }),
      "a/b/faas.yaml": file({ defaults: "{ a: 3 }" }),
    });
    const names = Array.from(
      { length: 1000 },
      (_, index) => `${["", "a/", "a/b/", "a/b/c/"][index % 4]}${index}.api.ts`,
    );
    const configs = await Promise.all(names.map((name) => project.resolve(name)));
    expect(configs.map((config) => authOf(config)?.["a"])).toEqual(
      names.map((_, index) => [1, 2, 3, 3][index % 4]),
    );
    await Promise.all(names.map((name) => project.resolve(name)));
    expect(yaml.parseDocument).toHaveBeenCalledTimes(3);
  });

  it("a changed file is read again once it is invalidated, and no other", async () => {
    const project = await createProject({
      "faas.yaml": file({ defaults: "{ a: 1, b: 1 }" }),
      "a/faas.yaml": file({ defaults: "{ b: 2 }" }),
    });
    const config = project.configure();
    await project.resolve("a/x.api.ts");
    await project.write({ "faas.yaml": file({ defaults: "{ a: 3, b: 3 }" }) });
    expect(authOf(await project.resolve("a/x.api.ts"))).toEqual({ a: 1, b: 2 });
    config.invalidate(project.path("faas.yaml"));
    expect(authOf(await project.resolve("a/x.api.ts"))).toEqual({ a: 3, b: 2 });
    expect(yaml.parseDocument).toHaveBeenCalledTimes(3);
  });

  it("a file that is invalidated while it is read is not remembered as it was", async () => {
    const project = await createProject({ "faas.yaml": file({ defaults: "{ a: 1 }" }) });
    const config = project.configure();
    const early = project.resolve();
    config.invalidate();
    await project.write({ "faas.yaml": file({ defaults: "{ a: 2 }" }) });
    await early;
    expect(authOf(await project.resolve())).toEqual({ a: 2 });
  });

  it("files that come and go are known after an invalidation, and files lists those that exist", async () => {
    const project = await createProject();
    const config = project.configure();
    expect(authOf(await project.resolve("a/x.api.ts"))).toBeUndefined();
    expect(config.files).toEqual([]);
    await project.write({ "a/faas.yaml": file({ defaults: "{ a: 1 }" }) });
    config.invalidate();
    expect(authOf(await project.resolve("a/x.api.ts"))).toEqual({ a: 1 });
    expect(config.files).toEqual([project.path("a/faas.yaml")]);
    await rm(project.path("a/faas.yaml"));
    config.invalidate(project.path("a/faas.yaml"));
    expect(authOf(await project.resolve("a/x.api.ts"))).toBeUndefined();
    expect(config.files).toEqual([]);
  });

  it("a file that could not be read is tried again by the next function", async () => {
    const project = await createProject();
    await mkdir(project.path("faas.yaml"));
    expect(await project.faults(project.resolve())).toEqual(["faas.yaml:1:1 "]);
    await rm(project.path("faas.yaml"), { recursive: true });
    await project.write({ "faas.yaml": file({ defaults: "{ a: 1 }" }) });
    expect(authOf(await project.resolve())).toEqual({ a: 1 });
  });

  it("YAML is not parsed, nor its parser loaded, where there is no file", async () => {
    const project = await createProject({ "a/x.txt": "" });
    expect((await project.resolve("a/x.api.ts")).plugins).toEqual({});
    expect(yaml.parseDocument).not.toHaveBeenCalled();
  });

  it("what was resolved is each function's own: variables are read anew", async () => {
    const project = await createProject({ "faas.yaml": file({ defaults: "{ a: '${A}' }" }) });
    const env: Record<string, string> = { A: "1" };
    project.configure({ env });
    const [first, second] = [await project.resolve(), await project.resolve()];
    env["A"] = "2";
    expect([authOf(first), authOf(second), authOf(await project.resolve())]).toEqual([
      { a: "1" },
      { a: "1" },
      { a: "2" },
    ]);
    expect(first.plugins).not.toBe(second.plugins);
  });
});

describe("places", () => {
  it("a file outside the root has no configuration to inherit, and that is told", async () => {
    const project = await createProject({ "src/faas.yaml": "" });
    const config = new ProjectConfig({ root: project.path("src") });
    for (const outside of ["x.api.ts", "src2/x.api.ts", "src/../x.api.ts"]) {
      const error = await serverError(config.resolve(project.path(outside)));
      expect(error.code).toBe("INVALID_CONFIG");
    }
    await expect(config.resolve(project.path("src/..x/y.api.ts"))).resolves.toBeDefined();
  });

  it("a file is found as a URL, relative to the root, and through a link to the root", async () => {
    const project = await createProject({ "real/a b/faas.yaml": file({ defaults: "{ a: 1 }" }) });
    await symlink(project.path("real"), project.path("link"));
    const config = new ProjectConfig({ root: project.path("link") });
    const url = pathToFileURL(project.path("link/a b/x.api.ts")).href;
    for (const name of [url, "a b/x.api.ts", project.path("real/a b/x.api.ts")])
      expect(authOf(await config.resolve(name))).toEqual({ a: 1 });
  });

  it("a root that is no absolute path is refused", () => {
    expect(() => new ProjectConfig({ root: "src" })).toThrow(
      expect.objectContaining({ code: "INVALID_ROOT" }),
    );
  });

  it("code alone is resolved without any file, and checked all the same", async () => {
    const project = await createProject({ "faas.yaml": file({ defaults: "{ a: 1 }" }) });
    const config = project.configure({ stage: "unheard of" });
    expect(authOf(config.resolveCode({ plugins: { auth: { config: { b: 1 } } } }))).toEqual({ b: 1 });
    const misspelt = async () => config.resolveCode({ plugins: { auth: { confg: {} } as never } });
    expect(await project.faults(misspelt())).toEqual(["code plugins.auth.confg"]);
  });
});
