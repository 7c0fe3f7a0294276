import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createProject } from "../test-support/create-project.ts";
import { runCli, startCli } from "../test-support/run-cli.ts";

const SHOW = `import { defineApi } from "@x/server";
import { price } from "./price.ts";

export default defineApi({ method: "GET", handler: () => ({ price }) });
`;
const PING =
  'import { defineApi } from "@x/server";\nexport default defineApi({ method: "GET", handler: () => 1 });\n';
const PROJECT = {
  "src/orders/price.ts": "export const price: number = 10;\n",
  "src/orders/show.api.ts": SHOW,
  "src/ping.api.ts": PING,
};

describe("x dev with a contract", () => {
  const begin = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const project = createProject(files);
    const server = startCli(project.folder, ["dev", "--port", "0", ...args]);
    const [, url = ""] = await server.printed(/(http:\S+) serves src[\s\S]*ping/);
    const read = (file = "src/contract.ts") => readFileSync(project.path(file), "utf8");
    return { project, server, url, read };
  };

  test("writes it when it is asked for, and keeps it current, in one line each", async () => {
    const { project, server, url, read } = await begin(PROJECT, "--types");
    await server.printed(/^wrote src\/contract\.ts: added \/orders\/show, added \/ping$/m);
    const [, hash = ""] = /"orders\/show GET": "(.*)"/.exec(read())!;

    const from = server.output().length;
    project.write("src/orders/price.ts", "export const price = '20';\n");
    await server.printed(/^wrote src\/contract\.ts: changed \/orders\/show$/m, from);
    expect(read()).not.toContain(hash);
    expect(await (await fetch(`${url}/orders/show`)).json()).toMatchObject({ price: "20" });

    project.write("src/new/thing.api.ts", PING);
    await server.printed(/^wrote src\/contract\.ts: added \/new\/thing$/m, from);
    rmSync(project.path("src/new"), { recursive: true });
    await server.printed(/^wrote src\/contract\.ts: removed \/new\/thing$/m, from);
    expect(read()).not.toContain("new/thing");
    expect(server.output().slice(from)).not.toContain("changed src/contract");
    expect(await server.stop()).toBe(0);
  });

  test("writes nothing when nothing of it changed", async () => {
    const { project, server, read } = await begin(PROJECT, "--types");
    await server.printed(/^wrote /m);
    const [before, from] = [read(), server.output().length];
    const { mtimeMs } = statSync(project.path("src/contract.ts"));
    project.write("src/orders/price.ts", "export const price = 20;\n");
    await server.printed(/show .*http/, from);
    // Updates follow each other: when the next one is told, the one before is over.
    project.write("src/last.api.ts", PING);
    await server.printed(/^wrote .*$/m, from);
    expect(
      server
        .output()
        .slice(from)
        .match(/^wrote .*$/gm),
    ).toEqual(["wrote src/contract.ts: added /last"]);
    expect(read()).not.toBe(before);
    expect(statSync(project.path("src/contract.ts")).mtimeMs).toBeGreaterThan(mtimeMs);
  });

  test("keeps one current that is there, and gives none to a project without", async () => {
    const { project, server } = await begin(PROJECT);
    const from = server.output().length;
    project.write("src/orders/price.ts", "export const price = '20';\n");
    await server.printed(/show .*http/, from);
    expect(existsSync(project.path("src/contract.ts"))).toBe(false);
    expect((await runCli(project.folder, ["types"])).code).toBe(0);
    project.write("src/orders/price.ts", "export const price = 20;\n");
    await server.printed(/^wrote src\/contract\.ts: changed \/orders\/show$/m, from);
  });

  test("leaves a file of that name alone that somebody else wrote", async () => {
    const mine = "export const contract = 'mine';\n";
    const { project, server, read } = await begin({ ...PROJECT, "src/contract.ts": mine });
    const from = server.output().length;
    project.write("src/orders/price.ts", "export const price = '20';\n");
    await server.printed(/show .*http/, from);
    expect(read()).toBe(mine);
    const asked = await begin({ ...PROJECT, "src/contract.ts": mine }, "--types");
    await asked.server.printed(/TARGET_EXISTS/);
    expect(asked.read()).toBe(mine);
  });

  test("tells what is wrong with a route's types once, and goes on", async () => {
    const { project, server } = await begin(PROJECT, "--types", "api.ts");
    await server.printed(/^wrote api\.ts: /m);
    const from = server.output().length;
    project.write("src/orders/show.api.ts", SHOW.replace("./price.ts", "./gone.ts"));
    await server.printed(/\/orders\/show has not all of its types\n {2}src\/orders\/show\.api\.ts:2:/, from);
    project.write("src/more.api.ts", PING);
    await server.printed(/^wrote api\.ts: added \/more$/m, from);
    project.write("src/orders/show.api.ts", SHOW);
    await server.printed(/^wrote api\.ts: changed \/orders\/show$/m, from);
    expect(
      server
        .output()
        .slice(from)
        .match(/not all of its types/g)?.length,
    ).toBe(1);
  });
});
