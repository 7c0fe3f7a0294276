import { describe, expect, test } from "vitest";
import { createProject } from "./test-support/create-project.ts";
import { healthyProject } from "./test-support/healthy-project.ts";
import { runCli } from "./test-support/run-cli.ts";
import { readVersion } from "./version.ts";

const HELLO = {
  "src/hello.api.ts":
    'import { defineApi } from "@x/server";\nexport default defineApi({ handler: () => 1 });\n',
};

describe("wrong usage ends with 2", () => {
  test.each([
    [["rutes"], "error unknown command 'rutes'\n(Did you mean routes?)\n"],
    [["routes", "--jsno"], "error unknown option '--jsno'\n(Did you mean --json?)\n"],
    [
      ["dev", "--port", "80a"],
      "error option '--port <number>' argument '80a' is invalid. A port is a number from 0 to 65535.\n",
    ],
    [["explain"], "error missing required argument 'route'\n"],
    [["routes", "src"], "error too many arguments for 'routes'. Expected 0 arguments but got 1: src.\n"],
    [
      ["explain", "orders", "create"],
      'error x explain takes one route, or "config" and one route, not "orders create"\n      (INVALID_USAGE)\n',
    ],
  ])("x %j", async (args, stderr) => {
    const { folder } = createProject(HELLO);
    expect(await runCli(folder, args)).toEqual({ code: 2, stdout: "", stderr });
  });

  test("x alone, which tells what there is", async () => {
    const { code, stdout, stderr } = await runCli(createProject({}).folder, []);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatchSnapshot();
  });

  test("a variable PORT that is no port", async () => {
    const { folder } = createProject(HELLO);
    const { code, stderr } = await runCli(folder, ["start"], { PORT: "http" });
    expect([code, stderr]).toEqual([
      2,
      "error the variable PORT is no number from 0 to 65535 (INVALID_USAGE)\n",
    ]);
  });

  test("with --json a document tells it too", async () => {
    const { code, stdout } = await runCli(createProject({}).folder, ["rutes", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: {
        code: "INVALID_USAGE",
        message: expect.stringContaining("unknown command 'rutes'"),
        faults: [],
      },
    });
    expect(code).toBe(2);
  });
});

describe("what a command needs and does not find ends with 1", () => {
  test.each([
    [
      "ROOT_NOT_FOUND",
      HELLO,
      ["--root", "nowhere"],
      "error there is no folder nowhere: give --root the folder of the API files",
    ],
    ["NO_APIS", {}, [], "error there is no API file in .: write one"],
  ])("%s", async (code, files, args, message) => {
    const result = await runCli(createProject(files).folder, ["routes", ...args]);
    expect([result.code, result.stdout]).toEqual([1, ""]);
    expect(result.stderr.replaceAll(/\s+/g, " ")).toContain(message);
    expect(result.stderr).toContain(`(${code})`);
  });

  test("SERVER_NOT_FOUND", async () => {
    const { folder } = createProject(HELLO, { packages: [] });
    const { code, stdout } = await runCli(folder, ["routes", "--json"]);
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "SERVER_NOT_FOUND"]);
  });

  test("SERVER_TOO_OLD", async () => {
    const project = createProject(HELLO, { packages: [] });
    project.write(
      "node_modules/@x/server/package.json",
      '{ "name": "@x/server", "exports": { ".": "./index.js" } }',
    );
    const { code, stdout } = await runCli(project.folder, ["routes", "--json"]);
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "SERVER_TOO_OLD"]);
  });
});

test("the project's own copy of the server is loaded, wherever the command line is installed", async () => {
  const project = createProject(HELLO, { packages: [] });
  const exports = '{ "name": "@x/server", "type": "module", "exports": { "./tooling": "./tooling.js" } }';
  project.write("node_modules/@x/server/package.json", exports);
  project.write("node_modules/@x/server/tooling.js", 'throw new Error("this is the copy of the project");');
  const { stderr } = await runCli(project.folder, ["routes"]);
  expect(stderr).toContain("this is the copy of the project");
});

test("x --version is the version of the package", async () => {
  const { folder } = createProject({});
  expect(await runCli(folder, ["--version"])).toEqual({ code: 0, stdout: `${readVersion()}\n`, stderr: "" });
});

test("x help of a command tells its options and exit codes, with exit code 0", async () => {
  const { code, stdout } = await runCli(createProject({}).folder, ["dev", "--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatchSnapshot();
});

describe("colours", () => {
  const ESCAPE = "\u001b[";
  test.each([
    ["none where nobody looks", [], {}, false],
    ["where they are asked for", [], { FORCE_COLOR: "1" }, true],
    ["none with --no-color", ["--no-color"], { FORCE_COLOR: "1" }, false],
    ["none with NO_COLOR", [], { NO_COLOR: "1" }, false],
  ])("%s", async (_, args, env, colored) => {
    const { folder } = createProject(HELLO);
    const { code, stdout } = await runCli(folder, ["routes", ...args], env);
    expect([code, stdout.includes(ESCAPE)]).toEqual([0, colored]);
  });
});

describe("with --json the standard output has one document and nothing else", () => {
  test("whatever a project prints while it is loaded", async () => {
    const { folder } = createProject({
      "src/loud.api.ts": `import { defineApi } from "@x/server";
console.log("loaded");
process.stdout.write("written\\n");
export default defineApi({ handler: () => 1 });
`,
    });
    const { stdout, stderr } = await runCli(folder, ["routes", "--json"]);
    expect(JSON.parse(stdout).ok).toBe(true);
    expect(stderr).toBe("loaded\nwritten\n");
  });

  test("and an option stands before the command as well as after it", async () => {
    const { folder } = createProject(healthyProject);
    const before = await runCli(folder, ["--json", "--root", "src", "routes"]);
    expect(before.stdout).toBe((await runCli(folder, ["routes", "--json", "--root", "src"])).stdout);
  });
});

test("a finished command ends, whatever a project keeps open", async () => {
  const { folder } = createProject({
    "src/pool.api.ts": `import { defineApi } from "@x/server";
setInterval(() => {}, 1_000);
export default defineApi({ handler: () => 1 });
`,
  });
  expect((await runCli(folder, ["routes"])).code).toBe(0);
});

test("stacks are shown on request", async () => {
  const { folder } = createProject({ "src/broken.api.ts": 'throw new Error("no luck");\n' });
  expect((await runCli(folder, ["routes"])).stderr).not.toContain("    at ");
  expect((await runCli(folder, ["routes", "--verbose"])).stderr).toContain("    at ");
});
