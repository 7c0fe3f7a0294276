import ts from "typescript";
import { describe, expect, test } from "vitest";
import { checkNext, type HookName } from "./check-next.ts";

const HOST = ts.createCompilerHost({});
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  types: [],
  strict: true,
};
const libraries = new Map<string, ts.SourceFile | undefined>();

/** What is told of a hook with this body, a line each: severity, line of the body, message. */
function check(body: string, hook: HookName = "onInvoke", rest = ""): string[] {
  const text = `${rest}
declare function load(...inputs: unknown[]): Promise<{ ok: boolean }>;
declare function transaction<T>(run: () => T): T;
declare function deny(): never;
declare const limit: { take(data: unknown): Promise<boolean> };
interface Data { response: unknown; role: "admin" | "user"; context: { runtime: string }; setBody(body: string): void }
class Example { ready = false; async ${hook}(data: Data, next: () => Promise<void>) {\n${body}\n} }`;
  const file = ts.createSourceFile("example.ts", text, ts.ScriptTarget.ES2022, true);
  const program = ts.createProgram(["example.ts"], OPTIONS, {
    ...HOST,
    getSourceFile(name, version) {
      if (name === "example.ts") return file;
      if (!libraries.has(name)) libraries.set(name, HOST.getSourceFile(name, version));
      return libraries.get(name);
    },
  });
  const found = find(file, ts.isMethodDeclaration)!;
  const start = text.split("\n").findIndex((line) => line.startsWith("class Example"));
  return checkNext(found, hook, program.getTypeChecker()).map(({ severity, message, node }) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line - start;
    return `${severity} ${line} ${message.replace(/line \d+/, (it) => `line ${Number(it.slice(5)) - start - 1}`)}`;
  });
}

function find<Found extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is Found): Found | undefined {
  return is(node) ? node : ts.forEachChild(node, (child) => find(child, is));
}

describe("is right", () => {
  test.each([
    ["once, around it code", "await load(); await next(); await load();"],
    ["returned", "return next();"],
    ["a throw in its place", "if (!(await load()).ok) throw new Error('no'); await next();"],
    ["a response in its place", "if ((await load()).ok) { data.response = 1; return; } await next();"],
    ["a body in its place", "if ((await load()).ok) { data.setBody('x'); return; } await next();"],
    ["what never ends in its place", "if (!(await load()).ok) deny(); await next();"],
    [
      "either way",
      "if (data.context.runtime !== 'api') { await next(); return; } await load(); await next();",
    ],
    ["a choice", "return data.response ? next() : load().then(() => next());"],
    [
      "an exclusive pair of conditions",
      "if (data.role === 'admin') await next(); if (data.role !== 'admin') await next();",
    ],
    [
      "a flag",
      "let called = false; if (data.response) { await next(); called = true; } if (!called) await next();",
    ],
    [
      "a flag in the instance",
      "this.ready = false; if (data.response) { await next(); this.ready = true; } if (!this.ready) return next();",
    ],
    [
      "a transaction with rollback",
      "try { await load(); await next(); await load(); } catch (e) { await load(); throw e; }",
    ],
    ["teardown", "try { await next(); } finally { await load(); }"],
    ["an optional step before", "try { await load(); } catch { data.role; } await next();"],
    ["recovery by a response", "try { await next(); } catch { data.response = 'fallback'; }"],
    ["next in finally", "try { if (data.response) return; await load(); } finally { await next(); }"],
    ["handed on", "await transaction(next);"],
    ["inside a callback", "await transaction(async () => { await load(); await next(); });"],
    ["inside a callback that returns it", "return transaction(() => next());"],
    [
      "inside a local function",
      "const run = async () => { await next(); }; if (data.response) await run(); else await run();",
    ],
    ["inside a declared function", "await run(); async function run() { await next(); }"],
    ["under another name", "const proceed = next; await proceed();"],
    ["kept and awaited later", "const rest = next(); await load(); await rest;"],
    ["together with something else", "await Promise.all([load(), next()]);"],
    ["as a promise chain", "return next().then(() => load()).finally(() => load());"],
    ["by hand", "await new Promise<void>((resolve, reject) => { next().then(resolve, reject); });"],
    [
      "a loop that ends with it",
      "for (const x of [1, 2]) { if (x === 2) { await next(); return; } } await next();",
    ],
    [
      "a loop until it worked",
      "let done = false; while (!done) { await load(); if (data.response) done = true; } await next();",
    ],
    ["every case", "switch (data.role) { case 'admin': await next(); break; case 'user': return next(); }"],
    ["a default", "switch (data.context.runtime) { case 'api': await load(); default: await next(); }"],
    [
      "a labelled loop",
      "outer: for (;;) { for (;;) { if (data.response) break outer; await load(); } } await next();",
    ],
    ["a logical choice", "(data.response && (await load())) || (await load()); await next();"],
    ["an assertion", "await next()!; "],
  ])("%s", (_, body) => {
    expect(check(body)).toEqual([]);
  });
});

describe("a second call", () => {
  test.each([
    [
      "at once",
      "await next();\nawait next();",
      ["error 2 next() is called a second time, after line 1, and rejects"],
    ],
    [
      "where it was optional first",
      "if (data.response) await next();\nawait next();",
      ["error 2 next() is called a second time, after line 1, and rejects"],
    ],
    [
      "after a failure",
      "try {\nawait next();\n} catch {\nawait next();\n}",
      ["error 4 next() is called a second time, after line 2, and rejects"],
    ],
    [
      "after a failure of either",
      "try {\nawait load(); await next();\n} catch {\nawait next();\n}",
      ["error 4 next() is called a second time, after line 2, and rejects"],
    ],
    [
      "by a loop",
      "for (const x of [1, 2]) {\nawait next();\n}",
      [
        "error 0 onInvoke can end without next(), a throw or a response",
        "error 2 next() is called here more than once, and the second call rejects",
      ],
    ],
    [
      "by trying again",
      "for (let i = 0; i < 3; i++) {\ntry { await next(); return; } catch {}\n} throw new Error('no');",
      ["error 2 next() is called here more than once, and the second call rejects"],
    ],
    [
      "in a callback",
      "await next();\nawait transaction(() => next());",
      ["error 2 next() is called a second time, after line 1, and rejects"],
    ],
    [
      "by a local function",
      "const go = () => next();\nawait go(); await go();",
      ["error 1 next() is called here more than once, and the second call rejects"],
    ],
    [
      "by falling through",
      "switch (data.role) {\ncase 'admin': await next();\ndefault: await next();\n}",
      ["error 3 next() is called a second time, after line 2, and rejects"],
    ],
  ])("%s", (_, body, told) => {
    expect(check(body)).toEqual(told);
  });
});

describe("no call", () => {
  test.each([
    ["at all", "await load();", ["error 0 onInvoke can end without next(), a throw or a response"]],
    [
      "on an early return",
      "if (data.response) return;\nawait next();",
      ["error 1 onInvoke returns here without next(), a throw or a response"],
    ],
    [
      "where a failure is swallowed",
      "try { await load();\nawait next(); } catch { data.role; }",
      ["warning 0 onInvoke can end without next(), a throw or a response"],
    ],
    [
      "where somebody else may have answered",
      "if (await limit.take(data)) return;\nawait next();",
      ["info 1 onInvoke returns here without next(): right only if what it gave data to has answered"],
    ],
    [
      "for one of the cases",
      "switch (data.role) { case 'admin': await next(); }",
      ["error 0 onInvoke can end without next(), a throw or a response"],
    ],
    [
      "but a function that would",
      "const go = () => next();",
      ["error 0 onInvoke can end without next(), a throw or a response"],
    ],
  ])("%s", (_, body, told) => {
    expect(check(body)).toEqual(told);
  });

  test("in onMount, whatever it has answered", () => {
    expect(check("data.response = 1;\nif (data.role === 'user') return;\nawait next();", "onMount")).toEqual([
      "error 2 onMount returns here without next(): what follows is not mounted",
    ]);
  });
});

describe("a call that nobody awaits", () => {
  test.each([
    ["alone", "next();", 1],
    ["on purpose", "void next();", 1],
    ["with a handler", "next().catch(() => {});", 1],
    ["in a callback", "await transaction(async () => {\nnext();\n});", 2],
    ["in a callback of what nobody awaits", "transaction(\n() => next());", 1],
    ["later", "setTimeout(next, 10);", 1],
    ["in a function of its own", "const go = async () => { await next(); };\ngo();", 2],
    ["kept for nothing", "const rest = next();", 1],
  ])("%s", (_, body, line) => {
    expect(check(body)).toEqual([`warning ${line} nobody awaits next() here: await or return it`]);
  });
});

test("a hook of many ways is followed in bounded time", () => {
  const body = Array.from({ length: 40 }, (_, index) => `if (load(${index})) await load();`).join("\n");
  expect(check(`${body}\nawait next();`)).toEqual([]);
});
