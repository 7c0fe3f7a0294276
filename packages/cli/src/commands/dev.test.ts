import { renameSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createProject, type TestProject } from "../test-support/create-project.ts";
import { type RunningCli, startCli } from "../test-support/run-cli.ts";

const API = `import { defineApi } from "@x/server";
import { price } from "./price.ts";

export default defineApi({ method: "GET", handler: ({ greeting }) => ({ price, greeting }) });
`;
const PROJECT = {
  "src/faas.yaml":
    "defaults:\n  plugins:\n    greet:\n      type: ./plugins/greet.ts\n      config:\n        word: hello\n",
  "src/plugins/greet.ts": `import type { InvokeData, Next, PluginOptions } from "@x/server";
declare module "@x/server" {
  interface DefineApiInject {
    greeting?: string;
  }
}
export class Greet {
  readonly type = "greet";
  readonly name = "greet";
  readonly options: PluginOptions;
  constructor(options: PluginOptions) {
    this.options = options;
  }
  async onInvoke(data: InvokeData, next: Next) {
    data.greeting = this.options.config?.["word"];
    await next();
  }
}
`,
  "src/orders/price.ts": "export const price = 10;\n",
  "src/orders/show.api.ts": API,
  "src/ping.api.ts":
    'import { defineApi } from "@x/server";\nlet calls = 0;\nexport default defineApi({ method: "GET", handler: () => (calls += 1) });\n',
};

interface Served {
  readonly project: TestProject;
  readonly server: RunningCli;
  readonly url: string;
  /** Changes the project, and waits until that is taken in. */
  change(act: () => void, seen: RegExp): Promise<string>;
  get(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
}

async function serve(files: Readonly<Record<string, string>> = PROJECT): Promise<Served> {
  const project = createProject(files);
  const server = startCli(project.folder, ["dev", "--port", "0"]);
  const [, url = ""] = await server.printed(/(http:\S+) serves src[\s\S]*ping/);
  return {
    project,
    server,
    url,
    async change(act, seen) {
      const from = server.output().length;
      act();
      await server.printed(seen, from);
      return server.output().slice(from);
    },
    async get(path) {
      const response = await fetch(url + path);
      return { status: response.status, body: await response.json() };
    },
  };
}

describe("x dev", () => {
  test("tells address, routes and plugins", async () => {
    const { server } = await serve();
    expect(server.output().replace(/:\d+/, ":PORT")).toMatchInlineSnapshot(`
      "http://127.0.0.1:PORT serves src in the stage "development"
        GET  /orders/show  greet > http
        GET  /ping         greet > http
      "
    `);
    expect(await server.stop("SIGINT")).toBe(0);
  });

  test("takes in a changed API, a module that it imports, and configuration, in one process", async () => {
    const { server, project, change, get } = await serve();
    const { pid } = server.child;
    expect((await get("/orders/show")).body).toEqual({ price: 10, greeting: "hello" });
    expect((await get("/ping")).body).toBe(1);

    const helper = await change(
      () => project.write("src/orders/price.ts", "export const price = 20;\n"),
      /show .*greet/,
    );
    expect(helper).toMatchInlineSnapshot(`
      "changed src/orders/price.ts
        reloaded
          GET  /orders/show  greet > http
      "
    `);
    expect((await get("/orders/show")).body).toEqual({ price: 20, greeting: "hello" });

    await change(
      () => project.write("src/orders/show.api.ts", API.replace("{ price,", "{ price, currency: 'EUR',")),
      /show .*greet/,
    );
    expect((await get("/orders/show")).body).toEqual({ price: 20, currency: "EUR", greeting: "hello" });

    // What nothing has changed for has kept its state.
    expect((await get("/ping")).body).toBe(2);

    await change(
      () => project.write("src/faas.yaml", PROJECT["src/faas.yaml"].replace("hello", "servus")),
      /ping .*greet/,
    );
    expect((await get("/orders/show")).body).toEqual({ price: 20, currency: "EUR", greeting: "servus" });

    await change(
      () =>
        project.write(
          "src/plugins/greet.ts",
          PROJECT["src/plugins/greet.ts"].replace('["word"];', '["word"] + "!";'),
        ),
      /ping .*greet/,
    );
    expect((await get("/orders/show")).body).toMatchObject({ greeting: "servus!" });
    expect([server.child.pid, server.child.exitCode]).toEqual([pid, null]);
  });

  test("sees files that are replaced, as editors save them, again and again", async () => {
    const { project, change, get } = await serve();
    for (const price of [30, 40, 50]) {
      await change(() => {
        project.write("src/orders/price.ts.saving", `export const price = ${price};\n`);
        renameSync(project.path("src/orders/price.ts.saving"), project.path("src/orders/price.ts"));
      }, /show .*greet/);
      expect((await get("/orders/show")).body).toMatchObject({ price });
    }
  });

  test("serves a new API in a new folder, and no longer one that is gone", async () => {
    const { project, change, get } = await serve();
    const added = await change(
      () => project.write("src/new/thing.api.ts", PROJECT["src/ping.api.ts"]),
      /\/new\/thing .*greet/,
    );
    expect(added).toContain("  added\n");
    expect((await get("/new/thing")).body).toBe(1);
    await change(() => rmSync(project.path("src/new"), { recursive: true }), /removed \/new\/thing/);
    expect((await get("/new/thing")).status).toBe(404);
  });

  test.each([
    [
      "a syntax error",
      "src/orders/show.api.ts",
      "import { defineApi } from '@x/server';\nexport default defineApi({ handler: ( => 1 });\n",
      /src\/orders\/show\.api\.ts:2/,
    ],
    [
      "a throw",
      "src/orders/price.ts",
      "export const price = 1;\nthrow new Error('no luck');\n",
      /src\/orders\/price\.ts:2:7 no luck/,
    ],
    [
      "a missing module",
      "src/orders/show.api.ts",
      API.replace("./price.ts", "./gone.ts"),
      /src\/orders\/show\.api\.ts\b[\s\S]*gone\.ts/,
    ],
    [
      "configuration",
      "src/faas.yaml",
      "defaults:\n  plugins:\n    greet:\n      tpye: ./plugins/greet.ts\n",
      /src\/faas\.yaml:4:7[\s\S]*"type"/,
    ],
  ])("tells %s with its place, goes on serving, and recovers", async (_, file, text, place) => {
    const { server, project, change, get } = await serve();
    await change(() => project.write(file, text), place);
    expect((await get("/orders/show")).status).toBe(500);
    // What configuration concerns, here, is everything.
    expect((await get("/ping")).status).toBe(file === "src/faas.yaml" ? 500 : 200);
    await change(() => project.write(file, PROJECT[file as keyof typeof PROJECT]), /show .*greet/);
    expect((await get("/orders/show")).body).toEqual({ price: 10, greeting: "hello" });
    expect(server.child.exitCode).toBe(null);
  });

  test("starts with a faulty API, tells it, and serves the rest", async () => {
    const { server, get } = await serve({
      ...PROJECT,
      "src/orders/show.api.ts": "throw new Error('early');\n",
    });
    await server.printed(/src\/orders\/show\.api\.ts:1:7 early/);
    expect((await get("/ping")).body).toBe(1);
  });

  test("waits for the first API, in src where there is one", async () => {
    const project = createProject({ "src/notes.txt": "" });
    const server = startCli(project.folder, ["dev", "--port", "0"]);
    const [, url = ""] = await server.printed(/(http:\S+) serves src[\s\S]*no API file yet/);
    project.write("src/ping.api.ts", PROJECT["src/ping.api.ts"]);
    await server.printed(/added\n {4}GET {2}\/ping/);
    expect(await (await fetch(`${url}/ping`)).json()).toBe(1);
  });

  test("gives machines one document, and tells everything else beside it", async () => {
    const project = createProject(PROJECT);
    const server = startCli(project.folder, ["dev", "--port", "0", "--json"]);
    await server.printed(/serves src[\s\S]*ping/);
    await server.printed(/^\}$/m);
    const from = server.output().length;
    project.write("src/orders/price.ts", "export const price = 20;\n");
    await server.printed(/show .*greet/, from);
    const { ok, url, port, root, stage, routes } = JSON.parse(server.stdout());
    expect({ ok, root, stage }).toEqual({ ok: true, root: project.path("src"), stage: "development" });
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(routes[0]).toEqual({
      path: "/orders/show",
      paths: ["/orders/show"],
      methods: ["GET"],
      file: project.path("src/orders/show.api.ts"),
      state: "mounted",
      plugins: ["greet", "http"],
    });
  });

  test("shows the log to people, with the place of an error and without secrets", async () => {
    const { server, get } = await serve({
      ...PROJECT,
      "src/faas.yaml": PROJECT["src/faas.yaml"].replace("hello", "${PATH}"),
      "src/boom.api.ts": `import { defineApi } from "@x/server";
export default defineApi({
  method: "GET",
  handler({ logger, greeting }) {
    logger.warn({ attempt: 2 }, "greeted by %s", greeting);
    throw new Error("boom");
  },
});
`,
    });
    expect((await get("/boom")).status).toBe(500);
    await server.printed(/at handler/);
    expect(server.output()).toMatch(/^warn {2}boom greeted by \[redacted\] attempt=2$/m);
    expect(server.output()).toMatch(/^error boom boom\n {2}at handler \(src\/boom\.api\.ts:6:11\)$/m);
    expect(server.output()).not.toContain(process.env["PATH"]);
  });
});
