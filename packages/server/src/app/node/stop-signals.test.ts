import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { createProject, SERVER_ENTRY } from "../test-support/create-project.ts";
import { openSocket } from "../test-support/raw-socket.ts";
import { CREATE_APP } from "../test-support/run-in-node.ts";

/** A process of its own with one function that takes a while, and a plugin that holds the process open till it closes. */
const SCRIPT = `
import { createApp } from ${JSON.stringify(CREATE_APP)};
import { defineApi } from ${JSON.stringify(SERVER_ENTRY)};
const logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => logger };
let hold;
const plugin = {
  type: "hold", name: "hold",
  async onMount(data, next) { hold = setInterval(() => {}, 1_000); await next(); },
  onClose() {
    clearInterval(hold);
    console.log("closed, " + process.listenerCount("SIGTERM") + " listeners");
    if (process.env.FAIL) throw new Error("planted");
  },
};
const slow = defineApi({
  method: "GET",
  plugins: [plugin],
  async handler({ params }) {
    console.log("entered");
    await new Promise((resolve) => setTimeout(resolve, Number(params.ms)));
    return "done";
  },
});
const app = createApp({ routes: { slow }, logger });
const { port } = await app.listen({ port: 0 });
process.on("exit", () => console.log("exit, " + process.listenerCount("SIGTERM") + " listeners"));
console.log("port " + port);
`;

interface Served {
  readonly child: ChildProcess;
  readonly port: number;
  readonly printed: string;
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  ended(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

async function startProcess(env: Readonly<Record<string, string>> = {}): Promise<Served> {
  const { write } = await createProject();
  const child = spawn(process.execPath, [await write("serve.ts", SCRIPT)], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  child.stdout!.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const until = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(printed);
      if (match) return match;
      await once(child.stdout!, "data");
    }
  };
  const exit = once(child, "close");
  const port = Number((await until(/port (\d+)/))[1]);
  return {
    child,
    port,
    get printed() {
      return printed;
    },
    until,
    ended: async () => {
      const [code, signal] = await exit;
      return { code, signal };
    },
  };
}

async function ask(port: number, ms: number) {
  const socket = await openSocket(port);
  socket.write(`GET /slow?ms=${ms} HTTP/1.1\r\nhost: x\r\n\r\n`);
  return socket;
}

describe("signals of the process", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "B-80: %s lets running requests end, closes functions, and lets the process end by itself",
    async (signal) => {
      const served = await startProcess();
      const socket = await ask(served.port, 200);
      await served.until(/entered/);
      served.child.kill(signal);
      expect(await socket.closed()).toMatch(/connection: close[^]*"done"$/i);
      expect(await served.ended()).toEqual({ code: 0, signal: null });
      expect(served.printed).toMatch(/closed, 1 listeners\nexit, 0 listeners\n$/);
    },
  );

  it("B-80: a second signal ends the process at once", async () => {
    const served = await startProcess();
    const socket = await ask(served.port, 60_000);
    await served.until(/entered/);
    served.child.kill("SIGTERM");
    const isOpen = () =>
      openSocket(served.port).then(
        () => true,
        () => false,
      );
    await expect.poll(isOpen, { timeout: 20_000 }).toBe(false);
    served.child.kill("SIGTERM");
    expect(await served.ended()).toEqual({ code: 143, signal: null });
    expect(served.printed).not.toMatch(/closed/);
    expect(await socket.closed()).toBe("");
  });

  it("B-80: a plugin that fails to close is told by the exit code", async () => {
    const served = await startProcess({ FAIL: "1" });
    const socket = await ask(served.port, 0);
    await socket.until(/"done"/);
    served.child.kill("SIGTERM");
    expect(await served.ended()).toEqual({ code: 1, signal: null });
    expect(served.printed).toMatch(/exit, 0 listeners\n$/);
  });
});
