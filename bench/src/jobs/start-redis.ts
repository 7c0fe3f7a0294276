import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A Redis of this machine's own, in memory. */
export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** `undefined` where there is none. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const places = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "redis-server"));
  const program = places.find((place) => existsSync(place));
  if (program === undefined) return undefined;
  const port = await findFreePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn(program, args, { cwd: tmpdir(), stdio: ["ignore", "pipe", "ignore"] });
  await new Promise<void>((resolve) =>
    child.stdout.on("data", (text: Buffer) => /Ready to accept/.test(String(text)) && resolve()),
  );
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
