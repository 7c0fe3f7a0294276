import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createProject } from "../test-support/create-project.ts";
import { healthyProject } from "../test-support/healthy-project.ts";
import { runCli } from "../test-support/run-cli.ts";

const WITH_SCHEMA = `import type { InvokeData, Next } from "@x/server";

const properties = { limit: { type: "integer" } };

export class Quota {
  static readonly configSchema = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: () => ({ type: "object", properties }), output: () => ({ type: "object", properties }) },
    },
  };
  readonly type = "quota";
  readonly name = "quota";
  async onInvoke(_data: InvokeData, next: Next) {
    await next();
  }
}
`;
const NAMES_QUOTA =
  "defaults:\n  plugins:\n    quota:\n      type: ./plugins/quota.ts\n      config:\n        limit: ${QUOTA_LIMIT}\n";

test("the schema knows the plugins in use, and each file is told how to refer to it", async () => {
  const project = createProject({
    ...healthyProject,
    "src/plugins/quota.ts": WITH_SCHEMA,
    "src/admin/faas.yaml": NAMES_QUOTA.replace("./plugins", "../plugins"),
  });
  const { code, stdout, stderr } = await runCli(project.folder, ["schema"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "Wrote src/faas.schema.json for the plugins http, auth, database, quota, trace.

    Editors find it by the first line of a configuration file:
      src/admin/faas.yaml
        # yaml-language-server: $schema=../faas.schema.json
      src/faas.yaml
        # yaml-language-server: $schema=./faas.schema.json
    "
  `);
  const schema = JSON.parse(readFileSync(project.path("src/faas.schema.json"), "utf8"));
  const { plugins } = schema.$defs.section.properties;
  expect(Object.keys(plugins.properties)).toEqual(["http", "auth", "database", "quota", "trace"]);
  expect(JSON.stringify(schema)).toContain('"limit"');
});

test("it is written where one wants it", async () => {
  const project = createProject({
    "hello.api.ts": healthyProject["src/hello.api.ts"]!,
    "plugins/audit.ts": healthyProject["src/plugins/audit.ts"]!,
  });
  const { code, stdout } = await runCli(project.folder, ["schema", "--json", "--out", "editor/faas.json"]);
  expect([code, JSON.parse(stdout).error?.code]).toEqual([1, "WRITE_FAILED"]);
  const written = await runCli(project.folder, ["schema", "--json", "--out", "faas.json"]);
  expect(JSON.parse(written.stdout)).toEqual({
    ok: true,
    file: project.path("faas.json"),
    plugins: ["http", "trace"],
    references: [],
  });
});
