import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { apiFile, createProject } from "./test-support/create-project.ts";
import { CREATE_APP } from "./test-support/run-in-node.ts";

it("B-71: shows no secret of any function in the app's own log, whoever logs it", async () => {
  const { root, write } = await createProject({
    "src/faas.yaml": `defaults: { plugins: { vault: { type: ./vault.ts, config: { key: "\${VAULT_KEY}" } } } }`,
    "src/vault.ts": `
      export class VaultPlugin {
        type = "vault"; name = "vault";
        constructor({ config }) { this.config = config; }
        async onInvoke(data, next) { data.vault = this.config; await next(); }
      }`,
    "src/leak.api.ts": apiFile(`({ vault, logger }) => {
      logger.info({ key: vault.key }, "the key is %s", vault.key);
      throw new Error("could not use " + vault.key);
    }`),
  });
  const script = await write(
    "script.ts",
    `
    import { createApp } from ${JSON.stringify(CREATE_APP)};
    const app = createApp({ root: import.meta.dirname + "/src", env: { VAULT_KEY: process.env.PLANTED } });
    const response = await app.fetch(new Request("http://localhost/leak"));
    console.log(response.status, await response.text());
    await app.close();
    `,
  );
  const env = { ...process.env, PLANTED: "planted-secret", LOG_LEVEL: "debug" };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { env, cwd: root });
  expect(stdout + stderr).not.toContain("planted-secret");
  expect(stdout).toMatch(/the key is \[redacted\][^]*could not use \[redacted\]/);
  expect(stdout).toMatch(/500 {"type":"about:blank","title":"Internal Server Error","status":500,"id":/);
});
