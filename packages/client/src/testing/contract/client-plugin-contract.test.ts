import { describe, expect, it } from "vitest";
import { definePlugin } from "../../plugin/define-plugin.ts";
import { perClient } from "../../plugin/per-client.ts";
import type { ClientPlugin } from "../../plugin/plugin.ts";
import { isFailure } from "../../request/response.ts";
import { untilAborted } from "../../request/until-aborted.ts";
import { clientPluginContract } from "./client-plugin-contract.ts";
import type { CreatePlugin, PluginContractOptions } from "./contract-options.ts";
import type { PluginCheckId } from "./plugin-check.ts";
import { MIDDLEWARE_FAULTS } from "./test-support/middleware-faults.ts";
import { REQUEST_FAULTS } from "./test-support/request-faults.ts";
import { STATE_FAULTS } from "./test-support/state-faults.ts";

/** A plugin without faults that uses whatever a plugin can: every hook, timers, listeners, state of its own. */
function sound() {
  const stateOf = perClient(({ clock }) => ({ startedAt: clock.now(), kept: new Map<string, unknown>() }));
  return definePlugin<{ options: { waitMs?: number }; methods: { countKept(): number } }>()({
    name: "acme:sound",
    repeatable: true,
    setup(context) {
      let cancel = () => {};
      const tick = () => void (cancel = context.clock.schedule(tick, 60_000));
      tick();
      const stop = context.eventEmitter.on("identity", () => stateOf(context).kept.clear());
      return () => {
        cancel();
        stop();
      };
    },
    api: (context) => ({ countKept: () => stateOf(context).kept.size }),
    internal: () => ({}),
    async middleware(context, next) {
      const { clock, request, pluginOptions, queryKey, operationType } = context;
      const waitMs = pluginOptions?.waitMs ?? 0;
      request.query = { ...request.query, sound: true };
      if (waitMs > 0) {
        let cancel = () => {};
        const waiting = new Promise<void>((resolve) => (cancel = clock.schedule(resolve, waitMs)));
        await untilAborted(waiting, request.signal).finally(cancel);
      }
      context.temp.set("acme:sound", { at: clock.now() });
      const response = await next();
      const again = response.status === 503 && operationType === "read" && !request.signal?.aborted;
      const settled = again ? await next() : response;
      if (!isFailure(settled)) stateOf(context).kept.set(queryKey, settled.data);
      context.onCleanup(context.stateManager.subscribe(queryKey, () => {}));
      return settled;
    },
    afterResponse(context) {
      if (context.temp.has("acme:sound")) context.setMeta({});
    },
    lifecycle: { onMount() {}, onUpdate() {}, onUnmount() {} },
  });
}

async function run(id: PluginCheckId, create: CreatePlugin, options?: PluginContractOptions) {
  await clientPluginContract(create, options)
    .find((check) => check.id === id)
    ?.run();
}

describe("a plugin without faults", () => {
  for (const { name, run: check } of clientPluginContract(sound)) it(name, check);
});

describe("a plugin without faults that takes its time", () => {
  const checks = clientPluginContract(sound, { requestOptions: { waitMs: 500 } });
  for (const { name, run: check } of checks) it(name, check);
});

describe("a plugin that has nothing but a name", () => {
  for (const { name, run: check } of clientPluginContract(() => ({ name: "bare" }))) it(name, check);
});

class Classy implements ClientPlugin {
  readonly name = "acme:classy";
  readonly #requests = new Set<string>();

  middleware(...[context, next]: Parameters<NonNullable<ClientPlugin["middleware"]>>) {
    this.#requests.add(context.queryKey);
    return next();
  }
}

describe("a plugin that is an instance of a class", () => {
  for (const { name, run: check } of clientPluginContract(() => new Classy())) it(name, check);
});

describe("a plugin that cannot be changed", () => {
  for (const { name, run: check } of clientPluginContract(() => Object.freeze(sound()))) it(name, check);
});

describe("a plugin with a fault", () => {
  const { setInterval: start } = globalThis;
  const all = Object.entries({ ...MIDDLEWARE_FAULTS, ...REQUEST_FAULTS, ...STATE_FAULTS }).flatMap(
    ([id, faults]) =>
      // The record has a list for each of them.
      faults.map((fault) => ({ id: id as PluginCheckId, ...fault })),
  );
  it.each(all)("that $what fails $id", async ({ id, create, says }) => {
    const failure = await run(id, create).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "AssertionError", message: expect.stringContaining(says) });
    // What is wrong, and how to mend it.
    expect(String(failure)).toMatch(/: .+: \S+/);
    expect(globalThis.setInterval).toBe(start);
  });
});

describe("what the contract is told", () => {
  it("names checks that are left out, with the reason", () => {
    const checks = clientPluginContract(sound, { skip: { data: "it changes data" } });
    expect(checks.filter(({ skipped }) => skipped).map(({ id, skipped }) => [id, skipped])).toEqual([
      ["data", "it changes data"],
    ]);
  });

  it("refuses to leave out what it does not have, or without a reason", () => {
    const unknown = { skip: { dta: "oops" } } as PluginContractOptions;
    expect(() => clientPluginContract(sound, unknown)).toThrow(RangeError);
    expect(() => clientPluginContract(sound, { skip: { data: " " } })).toThrow(RangeError);
  });

  it("gives each client the plugins that this one needs", async () => {
    const needy = () => definePlugin()({ name: "acme:needy", dependencies: ["acme:flags"] });
    let given = 0;
    const others = () => [{ name: "acme:flags", internal: () => ({ nth: (given += 1) }) }];
    for (const check of clientPluginContract(needy, { others })) await check.run();
    expect(given).toBe(0);
  });

  it("leaves the platform as it was", async () => {
    const { setTimeout: timeout } = globalThis;
    const { addEventListener } = EventTarget.prototype;
    for (const check of clientPluginContract(sound)) await check.run();
    expect(globalThis.setTimeout).toBe(timeout);
    expect(EventTarget.prototype.addEventListener).toBe(addEventListener);
  });
});
