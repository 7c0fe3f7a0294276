import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { COMPILED } from "./compile-servers.ts";

/** What a server's process has used so far. */
export interface Usage {
  /** Of all its threads, so that garbage collection and compilation count. */
  readonly cpuMs: number;
  readonly rss: number;
  /** After a collection, where the process may ask for one. */
  readonly heapUsed: number;
  /** How many requests have passed the first plugin. */
  readonly timedRequests: number;
}

/** What a process is to serve, and how. */
export interface ServerProcessOptions {
  /** The candidate's name. */
  readonly name: string;
  /** One GET in place of every case. Default: `false`. */
  readonly small?: boolean;
  /** Flags for Node. Default: none. */
  readonly execArgv?: readonly string[];
}

/** A candidate that serves in a process of its own. */
export class ServerProcess {
  readonly name: string;
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(name: string, process: ChildProcess, port: number) {
    this.name = name;
    this.#process = process;
    this.port = port;
  }

  /** Starts what `compileServers` has compiled. */
  static async start({ name, small, execArgv = [] }: ServerProcessOptions): Promise<ServerProcess> {
    const child = fork(`${COMPILED}serve.mjs`, [name, ...(small ? ["small"] : [])], {
      execArgv: [...execArgv],
      // As deployed: several peers check more in any other mode.
      env: { ...process.env, NODE_ENV: "production" },
    });
    const port = await answerOf(child, name);
    return new ServerProcess(name, child, Number(port));
  }

  async usage(): Promise<Usage> {
    const answer = answerOf(this.#process, this.name);
    this.#process.send("usage");
    // What `serve.ts` answers with.
    return (await answer) as Usage;
  }

  /** Ends the process, and waits for its end. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, "exit");
    this.#process.disconnect();
    await exited;
  }
}

/** The next message of a process. Rejects when it ends without one. */
async function answerOf(child: ChildProcess, name: string): Promise<unknown> {
  const settled = new AbortController();
  const { signal } = settled;
  const died = once(child, "exit", { signal }).then(() => {
    throw new Error(`the server of ${name} has ended`);
  });
  try {
    const [answer] = (await Promise.race([once(child, "message", { signal }), died])) as unknown[];
    return answer;
  } finally {
    settled.abort();
    died.catch(() => {});
  }
}
