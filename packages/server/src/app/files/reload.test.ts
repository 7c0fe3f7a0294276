import { mkdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { apiFile, createProject, type Project, SERVER_ENTRY } from "../test-support/create-project.ts";
import { CREATE_APP, runInNode } from "../test-support/run-in-node.ts";

/** What scripts begin with: an app in development over `src`, and short words for what tests do with it. */
const PRELUDE = `
import { appendFile, rename, rm, writeFile } from "node:fs/promises";
import { createApp } from ${JSON.stringify(CREATE_APP)};
const root = import.meta.dirname + "/src";
const file = (name) => root + "/" + name;
const lines = [];
const log = (first, message) => void lines.push(message ?? first);
const logger = { debug() {}, info() {}, warn: log, error: log, child: () => logger };
const app = createApp({ root, logger, development: true });
const get = async (path) => {
  const response = await app.fetch(new Request("http://localhost" + path));
  return response.ok ? response.json() : response.status;
};
const edit = async (name, text) => {
  await writeFile(file(name), text);
  await app.reload([file(name)]);
};
const print = (value) => process.stdout.write(JSON.stringify(value));
`;

async function runScript(files: Readonly<Record<string, string>>, script: string): Promise<unknown> {
  const project: Project = await createProject(files);
  await mkdir(`${project.root}/src`, { recursive: true });
  return runInNode(await project.write("script.ts", PRELUDE + script));
}

/** An API that answers with what it imports, and counts how often it was loaded. */
function api(imports: string, value: string): string {
  return `${imports}\nglobalThis.loads ??= [];\nglobalThis.loads.push(${JSON.stringify(value)});\n${apiFile(`() => ${value}`)}`;
}

describe("reload, as Node loads modules", () => {
  it("loads what has changed afresh, with all that imports it, and nothing else", async () => {
    const result = await runScript(
      {
        "src/one.api.ts": api(`import { text } from "./lib/text.ts";`, "text"),
        "src/two.api.ts": api(`import { other } from "./lib/other.ts";`, "other"),
        "src/lib/text.ts": `import { deep } from "./deep.ts"; export const text: string = deep;`,
        "src/lib/deep.ts": `export const deep: string = "before";`,
        "src/lib/other.ts": `export const other = Math.random();`,
      },
      `
      const before = [await get("/one"), await get("/two")];
      await edit("lib/deep.ts", 'export const deep: string = "after";');
      const after = [await get("/one"), await get("/two")];
      await edit("lib/other.ts", 'export const other = 2;');
      const last = [await get("/one"), await get("/two")];
      print({ before: before[0], after: after[0], kept: before[1] === after[1], last, loads: globalThis.loads });
      `,
    );
    expect(result).toEqual({
      before: "before",
      after: "after",
      kept: true,
      last: ["after", 2],
      loads: ["text", "other", "text", "other"],
    });
  });

  it("loads everything afresh when it is not told what has changed", async () => {
    const result = await runScript(
      {
        "src/one.api.ts": api(`import { state } from "./state.ts";`, "state"),
        "src/state.ts": `export const state = (globalThis.states = (globalThis.states ?? 0) + 1);`,
      },
      `
      const before = await get("/one");
      await app.reload();
      print([before, await get("/one")]);
      `,
    );
    expect(result).toEqual([1, 2]);
  });

  it("makes functions anew whose configuration has changed, and closes the old ones", async () => {
    const plugin = `
      export class MarkPlugin {
        type = "mark"; name = "mark";
        constructor({ config }) { this.config = config; }
        async onMount(data, next) { await next(); }
        async onInvoke(data, next) { data.mark = this.config.text; await next(); }
        onClose() { (globalThis.closed ??= []).push(this.config.text); }
      }`;
    const yaml = (text: string) =>
      `defaults: { plugins: { mark: { type: ./mark.ts, config: { text: ${text} } } } }`;
    const handler = apiFile("({ mark }) => mark");
    const result = await runScript(
      {
        "src/inner/faas.yaml": yaml("one"),
        "src/inner/mark.ts": plugin,
        "src/inner/x.api.ts": handler,
        "src/outer.api.ts": handler,
      },
      `
      const outer = await app.load("/outer");
      const before = await get("/inner/x");
      await edit("inner/faas.yaml", ${JSON.stringify(yaml("two"))});
      const after = await get("/inner/x");
      const kept = outer === (await app.load("/outer"));
      await edit("inner/mark.ts", ${JSON.stringify(plugin.replace("this.config.text;", "`${this.config.text}!`;"))});
      const changed = await get("/inner/x");
      await app.close();
      print({ before, after, changed, closed: globalThis.closed, kept, lines });
      `,
    );
    expect(result).toEqual({
      before: "one",
      after: "two",
      changed: "two!",
      closed: ["one", "two", "two"],
      kept: true,
      lines: [],
    });
  });

  it("has a broken function answer again once what it imports is mended, or there at last", async () => {
    const result = await runScript(
      {
        "src/one.api.ts": api(`import { text } from "./middle.ts";`, "text"),
        "src/middle.ts": `export { text } from "./missing.ts";`,
        "src/two.api.ts": api(`import { text } from "./throws.ts";`, "text"),
        "src/throws.ts": `throw new Error("planted"); export const text = "";`,
      },
      `
      const broken = [await get("/one"), await get("/two")];
      await edit("missing.ts", 'export const text = "there";');
      const half = [await get("/one"), await get("/two")];
      await edit("throws.ts", 'export const text: string = "mended";');
      print({ broken, half, mended: [await get("/one"), await get("/two")] });
      `,
    );
    expect(result).toEqual({ broken: [500, 500], half: ["there", 500], mended: ["there", "mended"] });
  });

  it("lets running requests of an old function end before that is closed", async () => {
    const old = `
      import { defineApi } from ${JSON.stringify(SERVER_ENTRY)};
      const log = (globalThis.log ??= []);
      export default defineApi({
        method: "GET",
        plugins: [{ type: "t", name: "t", onInvoke: (data, next) => next(), onClose: () => void log.push("closed") }],
        async handler() {
          await new Promise((resolve) => (globalThis.finish = resolve));
          log.push("ended");
          return "old";
        },
      });`;
    const result = await runScript(
      { "src/slow.api.ts": old },
      `
      const slow = get("/slow");
      while (!globalThis.finish) await new Promise(setImmediate);
      await edit("slow.api.ts", ${JSON.stringify(apiFile('() => "new"'))});
      globalThis.log.push(await get("/slow"));
      globalThis.finish();
      const answer = await slow;
      await app.close();
      print([answer, ...globalThis.log]);
      `,
    );
    expect(result).toEqual(["old", "new", "ended", "closed"]);
  });

  it("keeps the process and the other functions up through any broken edit", async () => {
    const result = await runScript(
      { "src/a.api.ts": apiFile('() => "a"'), "src/b.api.ts": apiFile('() => "b"') },
      `
      const seen = [await get("/a")];
      for (const text of ["export default {{{", "throw new Error('x')", "export default 1", "await 0; import './no.ts'"]) {
        await edit("a.api.ts", text);
        seen.push([await get("/a"), await get("/b")]);
      }
      await edit("a.api.ts", ${JSON.stringify(apiFile('() => "back"'))});
      print([...seen, await get("/a")]);
      `,
    );
    expect(result).toEqual(["a", [500, "b"], [500, "b"], [500, "b"], [500, "b"], "back"]);
  });

  it("leaves the modules of two apps over one root apart, and takes its hook away", async () => {
    const result = await runScript(
      { "src/a.api.ts": apiFile("() => (globalThis.count = (globalThis.count ?? 0) + 1)") },
      `
      const second = createApp({ root, logger });
      const [one, two] = [await app.load("/a"), await second.load("/a")];
      await get("/a");
      await app.close();
      const response = await second.fetch(new Request("http://localhost/a"));
      await second.close();
      const plain = await import(file("a.api.ts"));
      print({ apart: one !== two, status: response.status, plain: plain.default === one });
      `,
    );
    expect(result).toEqual({ apart: true, status: 200, plain: true });
  });
});
