import { chmod, mkdir, symlink } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createProject, serverError } from "./test-support/temp-project.ts";

/** The faults of one file, in its defaults unless it has sections of its own. */
async function faultsOf(yaml: string | Uint8Array, stage?: string): Promise<string[]> {
  const project = await createProject({ "faas.yaml": yaml });
  project.configure(stage === undefined ? {} : { stage });
  return (await project.faults(project.resolve())).map((fault) => fault.replace(/^faas\.yaml:/, ""));
}

describe("all at once", () => {
  it("B-65: a missing variable, an unknown stage, a misspelt key, a wrong type, broken YAML and a key twice make one error", async () => {
    const project = await createProject({
      "faas.yaml": `defaults:
  plugins:
    auth:
      type: ./auth.ts
      confg: {}
      config:
        secret: \${AUTH_SECRET}
    auth:
      type: ./auth.ts
productoin:
  plugins: {}
`,
      "a/faas.yaml": "defaults:\n  plugins:\n    http: [1]\n    auth:\n      enabled: 1\n",
      "a/b/faas.yaml": "defaults:\n\tplugins: {}\n",
    });
    project.configure({ stage: "preview" });
    const code = { plugins: { auth: { config: { constructor: 1 } }, http: { type: 3 as never } } };
    const faults = await project.faults(project.resolve("a/b/x.api.ts", code));
    expect(faults.toSorted()).toEqual([
      "a/b/faas.yaml:2:1 defaults",
      "a/faas.yaml:3:11 defaults.plugins.http",
      "a/faas.yaml:5:16 defaults.plugins.auth.enabled",
      "code plugins.auth.config.constructor",
      "code plugins.http.type",
      "faas.yaml:10:1 productoin",
      "faas.yaml:1:1 preview",
      "faas.yaml:5:7 defaults.plugins.auth.confg",
      "faas.yaml:7:17 defaults.plugins.auth.config.secret",
      "faas.yaml:8:5 defaults.plugins.auth",
    ]);
  });

  it("B-65: faults of a file whose key stands twice are told as well, missing variables included", async () => {
    const faults = await faultsOf(
      "defaults:\n  plugins:\n    a: { config: { x: '${X}', y: 1, y: 2 } }\n    b: { typ: ./b.ts }\n",
    );
    expect(faults).toEqual([
      "3:23 defaults.plugins.a.config.x",
      "3:37 defaults.plugins.a.config.y",
      "4:10 defaults.plugins.b.typ",
    ]);
  });

  it("the message has every fault on a line of its own, its place first", async () => {
    const project = await createProject({ "faas.yaml": "defaults:\n  plugin: {}\n  plugins: 1\n" });
    const { message } = await serverError(project.resolve());
    const [, ...lines] = message.split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`${project.path("faas.yaml")}:2:3 defaults.plugin: `);
    expect(lines[0]).toContain('Did you mean "plugins"?');
    expect(lines[1]).toContain(`${project.path("faas.yaml")}:3:12 defaults.plugins: `);
  });

  it("faults are told file by file from top to bottom, those of code last", async () => {
    const project = await createProject({
      "faas.yaml": "defaults:\n  plugins:\n    a: { config: { b: '${B}' }, typ: 1 }\nmine: 1\n",
      "x/faas.yaml": "test: 1\ndefaults: { plugins: { c: { config: { d: '${D}' } } } }\n",
    });
    const code = { plugins: { e: 1 as never } };
    expect(await project.faults(project.resolve("x/x.api.ts", code))).toEqual([
      "faas.yaml:3:23 defaults.plugins.a.config.b",
      "faas.yaml:3:33 defaults.plugins.a.typ",
      "faas.yaml:4:7 mine",
      "x/faas.yaml:1:7 test",
      "x/faas.yaml:2:42 defaults.plugins.c.config.d",
      "code plugins.e",
    ]);
  });

  it("faults are told in every section, also of stages that were not chosen", async () => {
    expect(await faultsOf("production:\n  plugins:\n    a: 1\nmine: 2\n")).toEqual([
      "3:8 production.plugins.a",
      "4:7 mine",
    ]);
  });
});

describe("stages", () => {
  it.each(["development", "test", "testing", "staging", "production"])(
    "%s needs no section",
    async (stage) => {
      const project = await createProject({ "faas.yaml": "defaults: {}" });
      project.configure({ stage });
      await expect(project.resolve()).resolves.toBeDefined();
    },
  );

  it("another stage is a key of some layer, and one that nearly is a key is told which", async () => {
    const project = await createProject({ "faas.yaml": "defaults: {}\n", "a/faas.yaml": "preview: {}\n" });
    project.configure({ stage: "preview" });
    await expect(project.resolve("a/x.api.ts")).resolves.toBeDefined();
    expect(await project.faults(project.resolve("x.api.ts"))).toEqual(["faas.yaml:1:1 preview"]);
    project.configure({ stage: "perview" });
    expect(await project.faults(project.resolve("a/x.api.ts"))).toEqual(["a/faas.yaml:1:1 perview"]);
    expect((await serverError(project.resolve("a/x.api.ts"))).message).toContain('"preview"?');
  });

  it("a stage is no plain property, no layer below all others, and not empty", async () => {
    for (const stage of ["constructor", "__proto__", "defaults", ""])
      expect(await faultsOf("defaults: {}", stage)).toEqual([`1:1 ${stage}`]);
  });

  it("without any file the fault of a stage has no place", async () => {
    const project = await createProject();
    project.configure({ stage: "preview" });
    expect(await project.faults(project.resolve())).toEqual(["code preview"]);
  });
});

describe("sections and entries", () => {
  it.each(["default", "defualts", "Defaults", "prodution", "devlopment", "tests", "stagging"])(
    "B-65: %s is a misspelt section",
    async (name) => {
      expect(await faultsOf(`${name}:\n  plugins: {}\n`)).toEqual([`1:1 ${name}`]);
    },
  );

  it.each(["prod", "dev", "stage", "qa", "staging2", "test-eu", "toString", "local"])(
    "%s is a stage of the project's own",
    async (name) => {
      const project = await createProject({ "faas.yaml": `${name}:\n  plugins: {}\n` });
      await expect(project.resolve()).resolves.toBeDefined();
    },
  );

  it.each([
    ["plugins at the top", "plugins: {}", "1:1 plugins"],
    ["an unknown key in a section", "defaults: { pugins: {} }", "1:13 defaults.pugins"],
    [
      "an unknown key in an entry",
      "defaults: { plugins: { a: { cfg: {} } } }",
      "1:29 defaults.plugins.a.cfg",
    ],
    ["a file that is a list", "- a", "1:1 "],
    ["a file that is text", "text", "1:1 "],
    ["a section that is text", "defaults: text", "1:11 defaults"],
    ["plugins that are a list", "defaults: { plugins: [http] }", "1:22 defaults.plugins"],
    ["an entry that is text", "defaults: { plugins: { a: ./a.ts } }", "1:27 defaults.plugins.a"],
    ["a type that is a number", "defaults: { plugins: { a: { type: 1 } } }", "1:35 defaults.plugins.a.type"],
    ["an empty type", "defaults: { plugins: { a: { type: '' } } }", "1:35 defaults.plugins.a.type"],
    ["a type without a value", "defaults: { plugins: { a: { type: } } }", "1:29 defaults.plugins.a.type"],
    [
      "a config that is a list",
      "defaults: { plugins: { a: { config: [] } } }",
      "1:37 defaults.plugins.a.config",
    ],
    [
      "an enabled that is text",
      "defaults: { plugins: { a: { enabled: 'no' } } }",
      "1:38 defaults.plugins.a.enabled",
    ],
    [
      "a public that is text",
      "defaults: { plugins: { a: { public: b } } }",
      "1:37 defaults.plugins.a.public",
    ],
    [
      "a public of numbers",
      "defaults: { plugins: { a: { public: [1] } } }",
      "1:37 defaults.plugins.a.public",
    ],
    ["a number that is not exact", "mine: 12345678901234567890", "1:7 mine"],
  ])("B-65: %s is a fault with its place", async (_, yaml, ...places) => {
    const faults = await faultsOf(yaml);
    expect(faults).toEqual(expect.arrayContaining(places));
  });

  it("a $schema for editors is no stage", async () => {
    const project = await createProject({ "faas.yaml": "$schema: ./faas.schema.json\ndefaults: {}\n" });
    await expect(project.resolve()).resolves.toBeDefined();
  });

  it.each(["__proto__", "constructor", "prototype", "toJSON"])(
    "B-66: the key %s is refused anywhere",
    async (key) => {
      const places = [
        [`${key}: {}`, `1:1 ${key}`],
        [`defaults: { plugins: { ${key}: {} } }`, `1:24 defaults.plugins.${key}`],
        [
          `defaults: { plugins: { a: { config: { b: [{ ${key}: 1 }] } } } }`,
          `1:45 defaults.plugins.a.config.b.0.${key}`,
        ],
      ];
      for (const [yaml, place] of places) expect(await faultsOf(yaml!)).toEqual([place]);
      const project = await createProject();
      const code = JSON.parse(
        `{ "plugins": { "a": { "config": { "b": { "${key}": { "polluted": true } } } } } }`,
      );
      expect(await project.faults(project.resolve(undefined, code))).toEqual([
        `code plugins.a.config.b.${key}`,
      ]);
      expect({}).not.toHaveProperty("polluted");
    },
  );

  it("an object of code that holds itself is a fault", async () => {
    const project = await createProject();
    const ring: Record<string, unknown> = {};
    ring["list"] = [ring];
    const twice = { a: 1 };
    const code = { plugins: { a: { config: { ring, one: twice, two: twice } } } };
    expect(await project.faults(project.resolve(undefined, code))).toEqual([
      "code plugins.a.config.ring.list.0",
    ]);
  });
});

describe("files", () => {
  it("a directory, a link that leads nowhere, a device and a file of the other ending are faults", async () => {
    const project = await createProject({ "d/faas.yml": "defaults: {}" });
    await mkdir(project.path("a/faas.yaml"), { recursive: true });
    await mkdir(project.path("b"));
    await symlink(project.path("nowhere"), project.path("b/faas.yaml"));
    await mkdir(project.path("c"));
    await symlink("/dev/null", project.path("c/faas.yaml"));
    for (const folder of ["a", "b", "c"])
      expect(await project.faults(project.resolve(`${folder}/x.api.ts`))).toEqual([
        `${folder}/faas.yaml:1:1 `,
      ]);
    expect(await project.faults(project.resolve("d/x.api.ts"))).toEqual(["d/faas.yml:1:1 "]);
  });

  it.skipIf(process.getuid?.() === 0)("a file that may not be read is a fault", async () => {
    const project = await createProject({ "faas.yaml": "defaults: {}" });
    await chmod(project.path("faas.yaml"), 0);
    expect(await project.faults(project.resolve())).toEqual(["faas.yaml:1:1 "]);
  });

  it("a link to a file is followed", async () => {
    const project = await createProject({ "shared.yaml": "defaults: { plugins: { a: {} } }" });
    await symlink(project.path("shared.yaml"), project.path("faas.yaml"));
    expect(Object.keys((await project.resolve()).plugins)).toEqual(["a"]);
  });

  it("what is no UTF-8 is a fault at its first such byte", async () => {
    expect(await faultsOf(Buffer.from("defaults: {}\n# caf\xE9\n", "latin1"))).toEqual(["2:6 "]);
    expect(await faultsOf(Buffer.from("\uFEFFdefaults: {}", "utf16le"))).toEqual(["1:1 "]);
  });

  it("a file beyond reason is a fault and not read", async () => {
    expect(await faultsOf(`# ${"x".repeat(2 ** 20)}`)).toEqual(["1:1 "]);
  });
});
