// @ts-expect-error Node's types stay out of this program, so that `tsc` refuses sources that use a host.
import { readdirSync, readFileSync } from "node:fs";
// @ts-expect-error As above.
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";

const { dirname } = import.meta as unknown as { dirname: string };

describe("in a realm that has the language and nothing else", () => {
  let realm: object;
  const run = (code: string): unknown => runInContext(code, realm);

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [`${dirname}/index.ts`],
      bundle: true,
      format: "iife",
      globalName: "pipeline",
      write: false,
    });
    realm = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    run(outputFiles[0]!.text);
  });

  it.each(["process", "setTimeout", "queueMicrotask", "performance", "window", "require"])(
    "there is no %s, or these tests would show nothing",
    (name) => {
      expect(run(`typeof ${name}`)).toBe("undefined");
    },
  );

  it("a chain runs, guards and blames, without eval", async () => {
    expect(() => run(`eval("1")`)).toThrow(expect.objectContaining({ name: "EvalError" }));
    const outcomes = run(`(async () => {
      const { compose, isPipelineError } = pipeline;
      const codeOf = (error) => isPipelineError(error) && error.code;
      const settle = (steps, core) => compose(steps)({}, core).catch(codeOf);
      return JSON.stringify([
        await settle([async (_, next) => "<" + (await next()) + ">", (_, next) => next()], async () => "core"),
        await settle([async (_, next) => [await next(), await next()]]),
        await settle([(_, next) => void next()], () => new Promise(() => {})),
        await settle([{ name: "again", repeatable: true, run: async (_, next) => [await next(), await next()] }], () => 1),
      ]);
    })()`);
    expect(JSON.parse((await outcomes) as string)).toEqual([
      "<core>",
      "NEXT_CALLED_MULTIPLE_TIMES",
      "NEXT_NOT_AWAITED",
      [1, 1],
    ]);
  });

  it("plugins are resolved and explained", () => {
    expect(
      run(
        `pipeline.resolvePlugins([{ name: "a", priority: 1 }, { name: "b" }]).map(({ name }) => name).join()`,
      ),
    ).toBe("b,a");
    expect(run(`pipeline.explain([{ name: "a" }]).toMermaid()`)).toContain('p1["a"]');
  });

  it("a single flight is shared", async () => {
    const runs = run(`(async () => {
      let runs = 0;
      const flight = pipeline.singleFlight(async () => (runs += 1));
      await Promise.all([flight(), flight()]);
      return runs;
    })()`);
    expect(await runs).toBe(1);
  });

  it("steps are observed by a clock that the observer brings", async () => {
    const outcomes = run(`(async () => {
      const outcomes = [];
      const observer = { now: () => 7, onStepEnd: ({ outcome, endedAt }) => outcomes.push(outcome + endedAt) };
      await pipeline.compose(pipeline.observeSteps([(_, next) => next(), () => 1], observer))({});
      return outcomes.join();
    })()`);
    expect(await outcomes).toBe("early7,returned7");
  });
});

describe("the sources", () => {
  const files = (readdirSync(dirname) as string[]).filter((file) => !/\.test(-d)?\.ts$/.test(file));

  it.each(files)("%s imports files beside it and nothing else", (file) => {
    const code = (readFileSync(`${dirname}/${file}`, "utf8") as string).replaceAll(
      /\/\*.*?\*\/|\/\/[^\n]*/gs,
      "",
    );
    const imported = [...code.matchAll(/\b(?:from|import|require)\b[\s(]*["'](?<from>[^"']*)["']/g)];
    const foreign = imported
      .map(({ groups }) => groups!["from"])
      .filter((from) => !/^\.\/[\w-]+\.ts$/.test(from!));
    expect(foreign).toEqual([]);
    expect(code).not.toMatch(/\b(?:process|Buffer|globalThis|window|document|setTimeout|setImmediate)\b/);
  });
});
