import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProject, type TestProject } from "../test-support/create-project.ts";
import { faultyProject } from "../test-support/faulty-project.ts";
import { healthyProject } from "../test-support/healthy-project.ts";
import { unusualProject } from "../test-support/unusual-project.ts";
import { runCli } from "../test-support/run-cli.ts";

interface Finding {
  readonly severity: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

interface Point {
  readonly point: string;
  readonly outcome: string;
  readonly findings: readonly Finding[];
}

interface Report {
  readonly ok: boolean;
  readonly plugins: readonly {
    readonly name: string;
    readonly file: string;
    readonly points: readonly Point[];
  }[];
  readonly project: readonly Point[];
}

const cleaning: (() => void)[] = [];
afterAll(() => cleaning.forEach((clean) => clean()));

/** One project for several tests: a program of TypeScript takes its time. */
function createShared(files: Readonly<Record<string, string>>): TestProject {
  return createProject(files, { dispose: (clean) => cleaning.push(clean) });
}

async function diagnose(project: TestProject, ...args: string[]) {
  const { code, stdout, stderr } = await runCli(project.folder, ["doctor", "--json", ...args]);
  return { code, stderr, report: JSON.parse(stdout) as Report };
}

/** Findings a line each: `error src/a.ts:1:2 message`. */
function lines(findings: readonly Finding[], project: TestProject): string[] {
  return findings.map(({ severity, message, file = "", line, column }) => {
    const place = [file.replace(`${project.folder}/`, ""), line, column]
      .filter((it) => it !== undefined)
      .join(":");
    return `${severity} ${place} ${message}`;
  });
}

describe("a project without a fault", () => {
  let project: TestProject;
  beforeAll(() => {
    project = createShared(healthyProject);
  });

  test("passes every point of every plugin, with exit code 0", async () => {
    const { code, report, stderr } = await diagnose(project);
    expect(
      report.plugins.flatMap(({ points }) => points).filter(({ outcome }) => outcome !== "pass"),
    ).toEqual([]);
    expect(report.project.flatMap(({ findings }) => lines(findings, project))).toEqual([
      "info src/admin/faas.yaml:5:17 plugins.auth.config.secret is hidden by the code of src/admin/list.api.ts",
    ]);
    expect(report.plugins.map(({ name }) => name).toSorted()).toEqual(["audit", "auth", "database", "trace"]);
    expect({ code, ok: report.ok, stderr }).toEqual({ code: 0, ok: true, stderr: "" });
  });

  test("is told to people point by point", async () => {
    const { code, stdout } = await runCli(project.folder, ["doctor"]);
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });
});

describe("each seeded fault is told at its place", () => {
  let project: TestProject;
  let result: Awaited<ReturnType<typeof diagnose>>;
  beforeAll(async () => {
    project = createShared(faultyProject);
    result = await diagnose(project);
  });

  const told = (name: string, point: string) => {
    const plugin = result.report.plugins.find((it) => it.name === name);
    return lines(plugin?.points.find((it) => it.point === point)?.findings ?? [], project);
  };

  test("with exit code 1", () => {
    expect({ code: result.code, ok: result.report.ok }).toEqual({ code: 1, ok: false });
  });

  test.each([
    ["NameLess", "identity", ['error src/plugins/nameless.ts:3:14 it has no name: add readonly name = "…"']],
    ["Numbered", "identity", ["error src/plugins/numbered.ts:5:3 its name is number, not a string"]],
    ["writable", "identity", ["warning src/plugins/writable.ts:5:3 its name is not readonly"]],
    [
      "idle",
      "hooks",
      ["error src/plugins/idle.ts:3:14 it has neither onMount nor onInvoke, so it takes part in nothing"],
    ],
    [
      "undeclared",
      "injection",
      [
        "error src/plugins/undeclared.ts:7:5 it sets data.tenant, which handlers do not know: declare tenant in DefineApiInject",
        "error src/plugins/undeclared.ts:8:27 it sets data.region, which handlers do not know: declare region in DefineApiInject",
      ],
    ],
    [
      "forgotten",
      "registration",
      [
        "warning src/plugins/forgotten.ts:3:14 no faas.yaml names its file and no code makes it, so no function has it",
      ],
    ],
    [
      "twice",
      "next",
      ["error src/plugins/twice.ts:8:11 next() is called a second time, after line 7, and rejects"],
    ],
    [
      "never",
      "next",
      ["error src/plugins/never.ts:6:9 onMount can end without next(): what follows is not mounted"],
    ],
    ["loose", "next", ["warning src/plugins/loose.ts:7:5 nobody awaits next() here: await or return it"]],
    [
      "mocked",
      "tests",
      [
        "warning src/__tests__/mocked.test.ts:4:14 this calls onInvoke with a next and data of its own, which show neither order nor races: run a Func or testApi",
      ],
    ],
    [
      "twice",
      "tests",
      [
        "warning src/plugins/twice.ts:3:14 no test runs a function that has it: test it through func.invoke() or testApi()",
      ],
    ],
    [
      "Unstable",
      "stability",
      [
        "error src/plugins/unstable.ts:5:29 its name comes from crypto.randomUUID(), another one each time: configuration, logs and order go by the name",
      ],
    ],
  ])("%s: %s", (name, point, expected) => {
    expect(told(name, point)).toEqual(expected);
  });

  test("two plugins of one name in a function, and a function that does not load", () => {
    const point = (wanted: string) =>
      lines(result.report.project.find((it) => it.point === wanted)?.findings ?? [], project);
    expect(point("uniqueness")).toEqual([expect.stringMatching(/^error src\/twins\.api\.ts:3:28 .*"twin"/)]);
    expect(point("loading")).toEqual([
      expect.stringMatching(/^error src\/broken\.api\.ts:2:7 .*thrown by the module/),
    ]);
  });
});

test("faults of configuration are told with file, line and column, a missing variable as a warning", async () => {
  const project = createShared({
    "src/hello.api.ts": `import { defineApi } from "@x/server";\nexport default defineApi({ handler: () => 1 });\n`,
    "src/faas.yaml": "defaults:\n  plugins:\n    http:\n      confg: {}\n",
    "src/admin/faas.yaml":
      "defaults:\n  plugins:\n    http:\n      config:\n        name: ${CLI_TEST_UNSET}\n",
  });
  const { code, report } = await diagnose(project);
  const layers = report.project.find(({ point }) => point === "layers");
  expect(lines(layers?.findings ?? [], project)).toEqual([
    expect.stringMatching(
      /^error src\/faas\.yaml:4:7 defaults\.plugins\.http\.confg: .*Did you mean "config"\?$/,
    ),
    expect.stringMatching(/^warning src\/admin\/faas\.yaml:5:15 .*CLI_TEST_UNSET/),
  ]);
  expect(code).toBe(1);
});

test("what is right in an unusual way is not complained about", async () => {
  const project = createShared(unusualProject);
  const { report } = await diagnose(project);
  const told = report.plugins.map(({ name, points }) => [
    name,
    points.flatMap(({ findings }) => lines(findings, project)),
  ]);
  expect(Object.fromEntries(told)).toEqual({
    "a plugin whose name is not written there": [],
    Base: [],
    constant: [],
    derived: [
      "error src/plugins/stamp.ts:12:3 it sets data.stampedBy, which handlers do not know: declare stampedBy in DefineApiInject",
    ],
    // Nothing runs in production here, and so no test can have run it with this function.
    later: [
      "warning src/plugins/later.js:1:22 no test runs a function that has it: test it through func.invoke() or testApi()",
    ],
  });
  expect(report.project.flatMap(({ findings }) => findings)).toEqual([]);
});

test("a package of plugins is checked without APIs", async () => {
  const { "src/plugins/twice.ts": twice = "" } = faultyProject;
  const project = createShared({ "lib/twice.ts": twice });
  const { code, report } = await diagnose(project);
  expect(
    report.plugins.map(({ name, points }) => [
      name,
      points.filter(({ outcome }) => outcome === "error").length,
    ]),
  ).toEqual([["twice", 1]]);
  expect(code).toBe(1);
});
