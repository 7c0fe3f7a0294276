// A PostgreSQL server of the machine's own, for tests and benchmarks that need a real one: empty, fast, and gone
// with whoever started it.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A server that runs. */
export interface PostgresServer {
  /** Of its administrator, in the database `postgres`. */
  readonly url: string;
  /** That of another database on it. */
  toUrl(database: string): string;
  /** Ends it as a power cut would, and starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Why there is none. */
export interface NoPostgres {
  readonly missing: string;
}

const PLACES = [
  ...(process.env["PATH"] ?? "").split(delimiter),
  ...globSync("/usr/lib/postgresql/*/bin").toSorted().toReversed(),
];
const READY = "database system is ready to accept connections";
/** Nothing in it is worth keeping. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  unix_socket_directories: "",
};

/** Starts a server on a free port of 127.0.0.1, or tells why it cannot. */
export async function startPostgres(): Promise<PostgresServer | NoPostgres> {
  const programs = PLACES.find(
    (place) => existsSync(join(place, "initdb")) && existsSync(join(place, "postgres")),
  );
  if (programs === undefined)
    return { missing: "there is no PostgreSQL server on this machine (initdb, postgres)" };
  const user = findUser();
  if (user === undefined)
    return { missing: "PostgreSQL does not run as root, and there is no user postgres or nobody" };
  const data = mkdtempSync(join(tmpdir(), "x-postgres-"));
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid!);
  const as = { ...user, cwd: data };
  execFileSync(
    join(programs, "initdb"),
    [
      "--pgdata",
      data,
      "--username",
      "postgres",
      "--auth",
      "trust",
      "--encoding",
      "UTF8",
      "--locale",
      "C",
      "--no-sync",
    ],
    { ...as, stdio: "ignore" },
  );
  const port = await findFreePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const start = (): Promise<ChildProcess> => {
    const child = spawn(
      join(programs, "postgres"),
      ["-D", data, "-h", "127.0.0.1", "-p", String(port), ...settings],
      {
        ...as,
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    return untilReady(child);
  };
  let child = await start();
  const endWithUs = (): void => void child.kill("SIGQUIT");
  process.once("exit", endWithUs);
  const toUrl = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  return {
    url: toUrl("postgres"),
    toUrl,
    async restart() {
      await end(child);
      child = await start();
    },
    async stop() {
      process.off("exit", endWithUs);
      await end(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function findUser(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"])
    try {
      const idOf = (option: string): number => Number(execFileSync("id", [option, name], { stdio: "pipe" }));
      return { uid: idOf("-u"), gid: idOf("-g") };
    } catch {
      // There is no such user.
    }
  return undefined;
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

function untilReady(child: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      // Read to the end of its life: a full pipe would stop it.
      if (said.includes(READY)) return;
      said += text;
      if (said.includes(READY)) resolve(child);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${said}`)));
  });
}

/** At once, without goodbye to its clients. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGQUIT");
  await ended;
}
