import { AssertionError } from "node:assert";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InvokeData, MountData, Next, Plugin, PluginOptions } from "../../types.ts";
import { serverPluginContract } from "./server-plugin-contract.ts";
import type { CreatePlugin, PluginContractOptions } from "./contract-options.ts";
import type { PluginCheckId } from "./plugin-check.ts";
import { CONFIG_FAULTS } from "./test-support/config-faults.ts";
import { HOOK_FAULTS } from "./test-support/hook-faults.ts";
import { plain } from "./test-support/plain.ts";
import { STATE_FAULTS } from "./test-support/state-faults.ts";

/** A plugin without faults, which has all hooks. */
class Sound implements Plugin {
  static readonly publicConfig: readonly string[] = ["header"];
  readonly type: string;
  readonly name: string;
  readonly #config: Readonly<Record<string, unknown>>;
  #timer: ReturnType<typeof setInterval> | undefined;
  #users = 0;

  constructor({ type, name, config = {} }: PluginOptions) {
    this.type = type;
    this.name = name;
    this.#config = { ...config };
  }

  async onMount(_data: MountData, next: Next): Promise<void> {
    this.#users += 1;
    this.#timer ??= setInterval(() => {}, 1_000);
    await next();
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    Object.assign(data, { sound: { id: data.context.requestId, of: this.#config["header"] } });
    await next();
  }

  onClose(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const CONFIG = { secret: "hunter2", header: "x-tenant", list: [1, { deep: true }] };

async function run(id: PluginCheckId, create: CreatePlugin, options: PluginContractOptions = {}) {
  const check = serverPluginContract(create, { config: CONFIG, ...options }).find((each) => each.id === id);
  return check!.run();
}

describe("a plugin without faults", () => {
  for (const { name, run: check } of serverPluginContract((options) => new Sound(options), {
    config: CONFIG,
  }))
    it(name, check);
});

describe("what is no fault", () => {
  const server = createServer((_, response) => void response.end("hello"));
  let origin = "";
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // A TCP server has an address of this kind.
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it.each<[string, PluginCheckId, (base: PluginOptions) => Partial<Plugin>]>([
    ["to return next() instead of awaiting it", "next-in-invoke", () => ({ onInvoke: (_, next) => next() })],
    ["to do without onInvoke", "next-in-invoke", () => ({ onMount: (_, next) => next() })],
    ["to do without onMount", "next-in-mount", () => ({ onInvoke: (_, next) => next() })],
    [
      "to put the same frozen object on the data of all functions",
      "own-state",
      () => ({
        onInvoke(data, next) {
          Object.assign(data, { limits: FROZEN });
          return next();
        },
      }),
    ],
    [
      "to count in the instance",
      "own-state",
      () => {
        let count = 0;
        return {
          onInvoke(data, next) {
            count += 1;
            Object.assign(data, { count });
            return next();
          },
        };
      },
    ],
    [
      "to fetch, whose connections are Node's own to keep",
      "close",
      () => ({
        async onInvoke(_, next) {
          await (await fetch(origin, { signal: AbortSignal.timeout(60_000) })).text();
          await next();
        },
      }),
    ],
  ])("%s", async (_, id, parts) => {
    await run(id, (options) => ({ type: "a", name: options.name, ...parts(options) }));
  });
});

const FROZEN = Object.freeze({ points: 1 });
const FAULTS = [...HOOK_FAULTS, ...STATE_FAULTS, ...CONFIG_FAULTS];

describe("a plugin with a fault is told of it", () => {
  it.each(FAULTS)("%s: %s", async (id, words, create) => {
    const config = structuredClone(CONFIG);
    const options = id === "job" ? {} : { event: { headers: {} } };
    const error: unknown = await run(id, create(), { config, ...options }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AssertionError);
    expect((error as Error).message).toContain(words);
  });

  it("and every check has one that breaks it", () => {
    const checks = serverPluginContract(plain(() => ({})));
    expect(new Set(FAULTS.map(([id]) => id))).toEqual(new Set(checks.map(({ id }) => id)));
  });
});

describe("the contract", () => {
  it("skips a check for a reason, and says which", () => {
    const reason = "it answers with an envelope";
    const checks = serverPluginContract(
      plain(() => ({})),
      { skip: { results: reason } },
    );
    const skipped = checks.filter((check) => check.skipped !== undefined);
    expect(skipped).toMatchObject([{ id: "results", skipped: reason }]);
  });

  it("refuses to skip what is no check, or for no reason", () => {
    const create = plain(() => ({}));
    // Whatever types say, the file of a test may be JavaScript.
    const unknown = { nothing: "because" } as PluginContractOptions["skip"];
    expect(() => serverPluginContract(create, { skip: unknown })).toThrow('"nothing" is no check');
    expect(() => serverPluginContract(create, { skip: { job: " " } })).toThrow("without a reason");
  });

  it("is in the README, check by check", () => {
    const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
    const [, table = ""] = readme.split(/^\| check .*\n.*\n/m);
    const rows = table.split("\n\n")[0]!.split("\n");
    const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
    const told = cells.map(([, id, name = ""]) => [id?.replaceAll("`", ""), name.split(": ")[0]]);
    expect(told).toEqual(serverPluginContract(plain(() => ({}))).map(({ id, name }) => [id, name]));
  });

  it("gives plugins that another one needs", async () => {
    const user: Plugin = {
      type: "user",
      name: "user",
      onInvoke(data, next) {
        Object.assign(data, { current_user: { id: 1 } });
        return next();
      },
    };
    const create = plain(() => ({
      async onInvoke(data, next) {
        if (!("current_user" in data)) throw new Error("who are you?");
        await next();
      },
    }));
    await expect(run("results", create)).rejects.toThrow("the event did not pass");
    await run("results", create, { before: () => [user] });
  });

  it("runs without HTTP, for what is no request", async () => {
    const create = plain(() => ({
      async onInvoke(data, next) {
        if (data.setHeader) throw new Error("this is HTTP");
        await next();
      },
    }));
    await expect(run("results", create)).rejects.toThrow("this is HTTP");
    await run("results", create, { http: false });
  });

  it("sends an event of one's own, a new one each time", async () => {
    const seen = new Set<string | undefined>();
    const create = plain(() => ({
      async onInvoke(data, next) {
        const nonce = data.event.headers["x-nonce"];
        if (nonce === undefined || seen.has(nonce)) throw new Error("replayed");
        seen.add(nonce);
        await next();
      },
    }));
    let nonce = 0;
    const event = () => ({ headers: { "x-nonce": String((nonce += 1)) } });
    await run("concurrency", create, { event });
    await expect(run("concurrency", create, { event: event() })).rejects.toThrow(
      "did not come to the handler",
    );
  });

  it.each<[PluginCheckId, string]>([
    ["next-in-invoke", "give the contract a config and an event"],
    ["errors", "before next()"],
    ["results", "give the contract a config and an event"],
    ["mount-again", "give the contract a config and an event"],
  ])("says so where the event of %s does not pass", async (id, words) => {
    const create = plain(() => ({ onInvoke: () => Promise.reject(new Error("who are you?")) }));
    await expect(run(id, create)).rejects.toThrow(words);
  });

  it("says so where the plugin takes no such configuration", async () => {
    const create = () => {
      throw new TypeError("a secret is needed");
    };
    await expect(run("identity", create)).rejects.toThrow(
      'the constructor threw TypeError "a secret is needed": give the contract a config',
    );
  });
});
