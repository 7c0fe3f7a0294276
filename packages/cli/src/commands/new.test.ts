import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolder, createMonorepo } from "../test-support/create-monorepo.ts";
import { runCli } from "../test-support/run-cli.ts";

/** Every file below a folder, without what is installed. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function fails(folder: string, args: readonly string[]) {
  const { code, stdout } = await runCli(folder, ["new", ...args, "--json"]);
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
  return { exit: code, ...error };
}

describe("x new", () => {
  test("tells people what it made and what comes next", async () => {
    const { code, stdout, stderr } = await runCli(createFolder(), ["new", "client-plugin", "acme:audit"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "Made the package @acme/client-audit with the plugin acme:audit:
        client-audit/package.json
        client-audit/README.md
        client-audit/src/index.ts
        client-audit/src/audit.ts
        client-audit/src/audit.test.ts
        client-audit/src/audit.test-d.ts
        client-audit/src/contract.test.ts
        client-audit/tsconfig.json
        client-audit/tsup.config.ts
        client-audit/vitest.config.ts
        client-audit/.gitignore
        client-audit/LICENSE

      Next:
        cd client-audit
        npm install
        npm run build
        npm test
      "
    `);
  });

  test("tells machines the same in one document", async () => {
    const folder = createFolder();
    const { code, stdout } = await runCli(folder, ["new", "server-plugin", "acme:audit", "--json"]);
    const document = JSON.parse(stdout) as { files: string[] };
    expect(code).toBe(0);
    expect(document).toEqual({
      ok: true,
      kind: "server-plugin",
      plugin: "acme:audit",
      package: "@acme/server-audit",
      folder: join(folder, "server-audit"),
      files: expect.any(Array),
      next: ["cd server-audit", "npm install", "npm run build", "npm test"],
    });
    expect(document.files.toSorted()).toEqual(listFiles(folder));
  });

  test("writes where --out says, also into an empty folder that is there", async () => {
    const folder = createFolder();
    mkdirSync(join(folder, "plugins/audit"), { recursive: true });
    const { code } = await runCli(folder, ["new", "client-plugin", "acme:audit", "--out", "plugins/audit"]);
    expect(code).toBe(0);
    expect(existsSync(join(folder, "plugins/audit/package.json"))).toBe(true);
  });

  test("names the official scope nowhere but as that of the core", async () => {
    const folder = createFolder();
    await runCli(folder, ["new", "client-plugin", "acme:audit"]);
    const texts = listFiles(folder).map((file) => readFileSync(file, "utf8"));
    const names = new Set(texts.flatMap((text) => text.match(/@x\/[a-z/-]+/g) ?? []));
    expect([...names].toSorted()).toEqual(["@x/client", "@x/client/testing"]);
  });

  test("puts an official plugin where the others are, from any folder of the monorepo", async () => {
    const root = createMonorepo();
    mkdirSync(join(root, "tests"));
    const { code, stdout } = await runCli(join(root, "tests"), ["new", "server-plugin", "audit"]);
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Made the package @x/server-audit with the plugin audit:
        ../packages/server-plugins/audit/package.json
        ../packages/server-plugins/audit/README.md
        ../packages/server-plugins/audit/src/index.ts
        ../packages/server-plugins/audit/src/audit-config.ts
        ../packages/server-plugins/audit/src/audit-plugin.ts
        ../packages/server-plugins/audit/src/audit-plugin.test.ts
        ../packages/server-plugins/audit/src/audit-plugin.test-d.ts
        ../packages/server-plugins/audit/src/contract.test.ts
        ../packages/server-plugins/audit/tsconfig.json
        ../packages/server-plugins/audit/tsup.config.ts
        ../packages/server-plugins/audit/vitest.config.ts
        release/consumers/server-audit.ts
        ../.changeset/server-audit.md

      Next:
        pnpm install && pnpm --workspace-root format
        pnpm --dir ../packages/server-plugins/audit test
        name @x/server-audit in the devDependencies of tests/package.json, and in the
        table of README.md
      "
    `);
    expect(existsSync(join(root, "packages/server-plugins/audit/src/audit-plugin.ts"))).toBe(true);
  });
});

describe("x new overwrites nothing", () => {
  test.each([
    ["a folder with something in it", "client-audit/notes.txt"],
    ["a file of that name", "client-audit"],
  ])("%s", async (_, path) => {
    const folder = createFolder();
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "mine");
    expect(await fails(folder, ["client-plugin", "acme:audit"])).toMatchObject({
      exit: 1,
      code: "TARGET_EXISTS",
      message: expect.stringContaining("there is something at client-audit"),
    });
    expect(listFiles(folder)).toEqual([join(folder, path)]);
  });

  test("and writes nothing where a file outside of the package is in the way", async () => {
    const root = createMonorepo();
    mkdirSync(join(root, ".changeset"));
    writeFileSync(join(root, ".changeset/client-audit.md"), "mine");
    expect(await fails(root, ["client-plugin", "audit"])).toMatchObject({ exit: 1, code: "TARGET_EXISTS" });
    expect(existsSync(join(root, "packages/client-plugins"))).toBe(false);
  });

  test("what the disk refuses is told", async () => {
    const folder = createFolder();
    writeFileSync(join(folder, "file"), "");
    const args = ["client-plugin", "acme:audit", "--out", "file/audit"];
    expect(await fails(folder, args)).toMatchObject({ exit: 1, code: "WRITE_FAILED" });
  });
});

describe("wrong usage ends with 2", () => {
  test.each([
    ["an unknown kind", ["plugin", "acme:audit"], 'not a "plugin"'],
    ["a name that is none", ["client-plugin", "Acme:Audit"], "small letters"],
    ["a plain word outside of the monorepo", ["client-plugin", "audit"], "as in acme:audit"],
  ])("%s", async (_, args, words) => {
    const folder = createFolder();
    const message: unknown = expect.stringContaining(words);
    expect(await fails(folder, args)).toEqual({ exit: 2, code: "INVALID_USAGE", message, faults: [] });
    expect(listFiles(folder)).toEqual([]);
  });

  test.each([
    ["a vendor inside of the monorepo", ["client-plugin", "acme:audit"], "which have plain words as names"],
    ["another place for an official plugin", ["client-plugin", "audit", "--out", "here"], "leave --out away"],
  ])("%s", async (_, args, words) => {
    const message: unknown = expect.stringContaining(words);
    expect(await fails(createMonorepo(), args)).toMatchObject({ exit: 2, code: "INVALID_USAGE", message });
  });
});
