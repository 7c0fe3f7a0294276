import { describe, expect, it } from "vitest";
import { apiFile, createProject, SERVER_ENTRY } from "./test-support/create-project.ts";
import { runInNode } from "./test-support/run-in-node.ts";

/** Notes what is imported from here on. */
const WATCH = `
import { registerHooks } from "node:module";
const imported = [];
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    imported.push(resolved.url);
    return resolved;
  },
});
const print = (value) => process.stdout.write(JSON.stringify(value));
const { createApp, defineApi } = await import(${JSON.stringify(SERVER_ENTRY)});
const get = async (app, path) => (await app.fetch(new Request("http://localhost" + path))).json();
`;

async function runScript(files: Readonly<Record<string, string>>, script: string): Promise<unknown> {
  const project = await createProject(files);
  return runInNode(await project.write("script.ts", WATCH + script));
}

describe("what an app imports", () => {
  it("is nothing of Node for functions in code: they run on any runtime", async () => {
    const result = await runScript(
      {},
      `
      const ping = defineApi({ method: "GET", handler: () => "pong" });
      const answer = await get(createApp({ routes: { ping } }), "/ping");
      print({ answer, ofNode: imported.filter((url) => url.startsWith("node:")) });
      `,
    );
    expect(result).toEqual({ answer: "pong", ofNode: [] });
  });

  it("is no YAML, no logger and no configuration until they are needed", async () => {
    const result = await runScript(
      {
        "src/ping.api.ts": apiFile('() => "pong"'),
        "src/own/faas.yaml": "",
        "src/own/ping.api.ts": apiFile('() => "own"'),
      },
      `
      const app = createApp({ root: import.meta.dirname + "/src" });
      const seen = () => ["yaml", "pino", "config/project-config", "plugins/prepare", "multipart", "busboy", "iron-webcrypto"].filter(
        (name) => imported.some((url) => url.includes(name)),
      );
      const answers = [await get(app, "/ping")];
      const server = await app.listen({ port: 0, mount: false });
      const before = seen();
      answers.push(await (await fetch(server.url + "/own/ping")).json());
      const after = seen();
      await server.close();
      print({ answers, before, after });
      `,
    );
    expect(result).toMatchObject({ answers: ["pong", "own"], before: [] });
    expect(result).toMatchObject({
      after: expect.arrayContaining(["config/project-config", "plugins/prepare"]),
    });
  });
});
