import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createProject } from "./test-support/create-project.ts";
import { readmeProject } from "./test-support/readme-project.ts";
import { runCli, startCli } from "./test-support/run-cli.ts";

interface Sample {
  /** What is typed after `x`. A sample without it shows what a running command says later. */
  readonly args: readonly string[] | undefined;
  readonly output: string;
}

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const samples = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, text = ""]): Sample => {
  const [first = "", ...rest] = text.split("\n");
  return first.startsWith("$ x ")
    ? { args: first.slice("$ x ".length).split(" "), output: rest.join("\n") }
    : { args: undefined, output: text };
});
const [development, reloaded, faulty] = samples.slice(samples.findIndex(({ args }) => args?.[0] === "dev"));
const contract = samples.find(({ output }) => output.includes("\nwrote "));
const production = samples.find(({ args }) => args?.[0] === "start");
const finite = samples.filter(({ args }) => args && args[0] !== "dev" && args[0] !== "start");

/** The port is a free one. */
const withPort = (text: string) => text.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:3000");

describe("the README shows what happens", () => {
  test.each(finite)("$args", async ({ args = [], output }) => {
    const { stdout, stderr } = await runCli(createProject(readmeProject).folder, args);
    expect(stdout + stderr).toBe(output);
  });

  test("x dev", async () => {
    const project = createProject(readmeProject);
    const { printed, output, stop } = startCli(project.folder, [...development!.args!, "--port", "0"]);
    await printed(/\/orders\/list .*\n/);
    expect(withPort(output())).toBe(development!.output);

    const started = output().length;
    project.write("src/orders/price.ts", "export const price = 20;\n");
    await printed(/trace\n/, started);
    expect(output().slice(started)).toBe(reloaded!.output);

    const changed = output().length;
    const api = readmeProject["src/orders/create.api.ts"]!;
    project.write(
      "src/orders/create.api.ts",
      api.replace(/^import \{ price.*$/m, "").replace("\n\n\nclass", "\nprice;\nclass"),
    );
    await printed(/not defined\n/, changed);
    expect(output().slice(changed)).toBe(faulty!.output);
    expect(await stop()).toBe(0);
  });

  test("x dev --types", async () => {
    const project = createProject(readmeProject);
    const { printed, output, stop } = startCli(project.folder, ["dev", "--types", "--port", "0"]);
    await printed(/^wrote .*\n/m);
    const begun = output().length;
    project.write("src/orders/price.ts", "export const price = '20';\n");
    await printed(/trace\n/, begun);
    await printed(/^wrote .*\n/m, begun);
    // The thread that keeps the contract may be the first of the two to see the change.
    const inParts = (text: string) => text.split(/^(?=changed|wrote)/m).toSorted();
    expect(inParts(output().slice(begun))).toEqual(inParts(contract!.output));
    expect(await stop()).toBe(0);
  });

  test("x start", async () => {
    const { folder } = createProject(readmeProject);
    const { printed, output, stop } = startCli(folder, [...production!.args!, "--port", "0"]);
    await printed(/^ready\n/m);
    expect(withPort(output())).toBe(production!.output);
    expect(await stop()).toBe(0);
  });

  test("and no line of a sample is wider than 80 columns", () => {
    expect(samples.flatMap(({ output }) => output.split("\n")).filter((line) => line.length > 80)).toEqual(
      [],
    );
    expect(samples.length).toBe(11);
  });
});
