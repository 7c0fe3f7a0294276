// What a user of @x/cli does, against the published package: the commands on a project, by the bin that npm links.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// It is a program for Node, also where this one runs on something else.
const node = "Bun" in globalThis || "Deno" in globalThis ? "node" : process.execPath;
const manifest = fileURLToPath(import.meta.resolve("@x/cli/package.json"));
const { bin, version } = JSON.parse(readFileSync(manifest, "utf8")) as {
  bin: { x: string };
  version: string;
};
const program = join(dirname(manifest), bin.x);
const project = mkdtempSync(join(import.meta.dirname, "project-"));
const x = (...args: string[]) =>
  execFileSync(node, [program, ...args], {
    cwd: project,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

try {
  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(project, "src/hello.api.ts"),
    'import { defineApi } from "@x/server";\nexport default defineApi({ method: "GET", handler: () => "hello" });\n',
  );
  assert.equal(x("--version"), `${version}\n`);
  assert.equal(x("routes"), "GET  /hello  src/hello.api.ts\n    http\n");
  assert.equal(x("types"), "Wrote src/contract.ts: 1 path\n  added    GET     /hello\n");
  assert.equal(JSON.parse(x("types", "--check", "--json")).current, true);
  assert.match(x("explain", "/hello"), /1 {2}http {2}built in/);
  assert.equal(JSON.parse(x("doctor", "--json")).ok, true);
  assert.equal(JSON.parse(x("schema", "--json")).ok, true);

  const server = spawn(node, [program, "start", "--port", "0", "--json"], {
    cwd: project,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [document] = (await once(server.stdout, "data")) as [Buffer];
  const { url } = JSON.parse(String(document)) as { url: string };
  assert.equal(await (await fetch(`${url}/hello`)).json(), "hello");
  server.kill("SIGTERM");
  assert.deepEqual(await once(server, "exit"), [0, null]);
} finally {
  rmSync(project, { recursive: true });
}
