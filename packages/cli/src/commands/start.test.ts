import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createProject } from "../test-support/create-project.ts";
import { runCli, startCli } from "../test-support/run-cli.ts";

const PLUGIN = `import type { MountData, Next } from "@x/server";
export class Life {
  readonly type = "life";
  readonly name = "life";
  async onMount(data: MountData, next: Next) {
    data.logger.info("mounted with %s", process.env["SECRET"]);
    await next();
  }
  async onClose() {
    console.error("closed");
    if (process.env["FAIL_CLOSE"]) throw new Error("stuck");
  }
}
`;
const PROJECT = {
  "src/faas.yaml":
    "defaults:\n  plugins:\n    life:\n      type: ./life.ts\n      config:\n        secret: ${SECRET:-none}\n",
  "src/life.ts": PLUGIN,
  "src/hello.api.ts": `import { defineApi } from "@x/server";
export default defineApi({ method: "GET", handler: () => "hello" });
`,
  "src/slow.api.ts": `import { defineApi } from "@x/server";
export default defineApi({
  method: "GET",
  async handler({ params }) {
    console.error("entered");
    await new Promise((resolve) => setTimeout(resolve, Number(params["ms"])));
    return "late";
  },
});
`,
};

describe("x start", () => {
  test("serves until SIGTERM, lets what runs end, closes the plugins and ends with 0", async () => {
    const { folder } = createProject(PROJECT);
    const server = startCli(folder, ["start", "--port", "0"]);
    const [, url = ""] = await server.printed(/(http:\S+) \(stage "production"\)/);
    await server.printed(/^ready$/m);
    expect(await (await fetch(`${url}/hello`)).json()).toBe("hello");
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const slow = fetch(`${url}/slow?ms=300`, { headers: { connection: "close" } });
    await server.printed(/entered/);
    const ended = server.stop();
    expect(await (await slow).json()).toBe("late");
    expect(await ended).toBe(0);
    expect(server.output()).toContain("closed");
  });

  test("gives machines one document, and the log on the standard error", async () => {
    const project = createProject(PROJECT);
    const server = startCli(project.folder, ["start", "--port", "0", "--json"], { SECRET: "planted-secret" });
    await server.printed(/^\}$/m);
    const { url, port } = JSON.parse(server.stdout());
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await server.stop("SIGINT")).toBe(0);
    expect(JSON.parse(server.stdout())).toEqual({
      ok: true,
      url,
      port,
      root: project.path("src"),
      stage: "production",
    });
    expect(server.output()).toContain("mounted with [redacted]");
    expect(server.output()).not.toContain("planted-secret");
  });

  test("ends with 1 when a function does not mount", async () => {
    const { folder } = createProject({
      ...PROJECT,
      "src/broken.api.ts": 'import { defineApi } from "@x/server";\nthrow new Error("no luck");\n',
    });
    const { code, stderr } = await runCli(folder, ["start", "--port", "0"]);
    expect(code).toBe(1);
    expect(stderr).toContain("  src/broken.api.ts:2:7 no luck");
  });

  test("ends with 1 when a plugin does not close", async () => {
    const { folder } = createProject(PROJECT);
    const server = startCli(folder, ["start", "--port", "0"], { FAIL_CLOSE: "1" });
    await server.printed(/^ready$/m);
    expect(await server.stop()).toBe(1);
    expect(server.output()).toContain("CLOSE_FAILED");
  });

  test("ends with 1 where the port is taken, which the variable PORT gives as well", async () => {
    const { folder } = createProject(PROJECT);
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => {
      other.once("listening", resolve);
    });
    const { port } = other.address() as { port: number };
    const { code, stderr } = await runCli(folder, ["start"], { PORT: String(port) });
    expect(code).toBe(1);
    expect(stderr).toContain("PORT_IN_USE");
  });
});
