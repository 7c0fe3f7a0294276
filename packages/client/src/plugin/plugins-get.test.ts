import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "./plugin.ts";
import { createTestBench } from "../testing/index.ts";

interface Counter {
  increment(): number;
}
interface Peer {
  readonly label: string;
  peerLabel(): string | undefined;
}

declare module "../registries.ts" {
  interface PluginInternalRegistry {
    "get-test:counter": Counter;
    "get-test:left": Peer;
    "get-test:right": Peer;
  }
}

/** Counts in its closure, and notes whenever its API is made. */
function counter(made: string[] = []): ClientPlugin {
  let count = 0;
  return {
    name: "get-test:counter",
    internal(context): Counter {
      made.push(context.queryKey);
      return { increment: () => (count += 1) };
    },
  };
}

/** Hands the context of each request to the test. */
const spy = (name: string, look: NonNullable<ClientPlugin["afterResponse"]>): ClientPlugin => ({
  name,
  middleware: (_, next) => next(),
  afterResponse: look,
});

/** Gets `items` through the plugins, and gives the response and what was reported. */
async function get(...plugins: ClientPlugin[]) {
  const { client, transport, reported } = createTestBench();
  transport.reply("GET items", { data: 1 });
  return { response: await client.use(plugins).get("items"), reported };
}

describe("plugins.get", () => {
  it("B-13 reaches what a plugin keeps in its closure, from request to request", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 }).reply("POST items", { data: 1 });
    const counts: unknown[] = [];
    const counting = spy("counting", ({ plugins }) => {
      counts.push(plugins.get("get-test:counter")?.increment());
    });
    const withCounter = client.use([counting, counter()]);
    await withCounter.get("items");
    await withCounter.get("items");
    await withCounter.post("items", { body: {} });
    expect(counts).toEqual([1, 2, 3]);
  });

  it("B-14 gives one object within a request, to every plugin and in every hook", async () => {
    const seen: unknown[] = [];
    const made: string[] = [];
    const looking = (name: string): ClientPlugin => ({
      name,
      middleware(context, next) {
        seen.push(context.plugins.get("get-test:counter"), context.plugins.get("get-test:counter"));
        return next();
      },
      afterResponse: ({ plugins }) => void seen.push(plugins.get("get-test:counter")),
    });
    await get(looking("first"), counter(made), looking("second"));
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toHaveProperty("increment");
    expect(made).toEqual(["GET items"]);
  });

  it("B-14 makes an API only if somebody asks", async () => {
    const made: string[] = [];
    await get(
      counter(made),
      spy("silent", () => {}),
    );
    expect(made).toEqual([]);
  });

  it("gives each request an API of its own, made with its context", async () => {
    const { client, transport, clock } = createTestBench();
    const held = [transport.hold("GET a"), transport.hold("GET b")];
    const seen: unknown[] = [];
    const made: string[] = [];
    const looking = spy("looking", ({ plugins }) => void seen.push(plugins.get("get-test:counter")));
    const withCounter = client.use([counter(made), looking]);
    const both = [withCounter.get("a"), withCounter.get("b")];
    await clock.advance(0);
    for (const [request] of held) request?.reply({ data: 1 });
    await Promise.all(both);
    expect(made).toEqual(["GET a", "GET b"]);
    expect(seen[0]).not.toBe(seen[1]);
  });

  it("is undefined for a plugin that is not there, and for one without an API", async () => {
    const seen: unknown[] = [];
    const looking = spy("looking", ({ plugins }) => {
      seen.push(plugins.get("nobody"), plugins.get("mute"), plugins.get("toString"));
    });
    await get(looking, { name: "mute" });
    expect(seen).toEqual([undefined, undefined, undefined]);
  });

  it("reaches a plugin whose operations do not include this one's", async () => {
    const seen: unknown[] = [];
    const looking = spy(
      "looking",
      ({ plugins }) => void seen.push(plugins.get("get-test:counter")?.increment()),
    );
    await get(looking, { ...counter(), operations: ["write"] });
    expect(seen).toEqual([1]);
  });

  it("makes an API again when making it failed", async () => {
    let attempts = 0;
    const fragile: ClientPlugin = {
      name: "fragile",
      internal() {
        attempts += 1;
        if (attempts === 1) throw new Error("not yet");
        return { attempts };
      },
    };
    const seen: unknown[] = [];
    const patient: ClientPlugin = {
      name: "patient",
      middleware(context, next) {
        try {
          context.plugins.get("fragile");
        } catch (error) {
          seen.push((error as Error).message);
        }
        seen.push(context.plugins.get("fragile"));
        return next();
      },
    };
    const { response } = await get(patient, fragile);
    expect(seen).toEqual(["not yet", { attempts: 2 }]);
    expect(response.error).toBeUndefined();
  });

  it("fails the request in the name of the plugin that asked, when making an API throws", async () => {
    const cause = new Error("never");
    const fragile: ClientPlugin = {
      name: "fragile",
      internal() {
        throw cause;
      },
    };
    const asking: ClientPlugin = {
      name: "asking",
      middleware(context, next) {
        context.plugins.get("fragile");
        return next();
      },
    };
    const { response } = await get(asking, fragile);
    expect(response.error).toMatchObject({ code: "PLUGIN_THREW", plugin: "asking", cause });
  });
});

describe("B-14 two internals that get each other", () => {
  type Makes = (label: string, other: Peer | undefined) => Peer;

  /** A plugin whose API holds on to the other's. */
  const peer = (side: "left" | "right", make: Makes): ClientPlugin => ({
    name: `get-test:${side}`,
    internal: ({ plugins }) => make(side, plugins.get(side === "left" ? "get-test:right" : "get-test:left")),
  });

  const later: Makes = (label, other) => ({ label, peerLabel: () => other?.label });
  const atOnce: Makes = (label, other) => {
    const otherLabel = other?.label;
    return { label, peerLabel: () => otherLabel };
  };
  class PeerWithSecrets implements Peer {
    readonly #label: string;
    readonly #other: Peer | undefined;
    constructor(label: string, other: Peer | undefined) {
      this.#label = label;
      this.#other = other;
    }
    get label() {
      return this.#label;
    }
    peerLabel() {
      return this.#other?.label;
    }
  }

  async function labels(make: Makes) {
    const seen: unknown[] = [];
    const looking: ClientPlugin = {
      name: "looking",
      middleware(context, next) {
        seen.push(
          context.plugins.get("get-test:left")?.peerLabel(),
          context.plugins.get("get-test:right")?.peerLabel(),
        );
        return next();
      },
    };
    const { response } = await get(looking, peer("left", make), peer("right", make));
    return { seen, response };
  }

  it("work when they use each other later", async () => {
    expect((await labels(later)).seen).toEqual(["right", "left"]);
  });

  it("work when they are instances of classes with private fields", async () => {
    const asks = (label: string, other: Peer | undefined) => new PeerWithSecrets(label, other);
    expect((await labels(asks)).seen).toEqual(["right", "left"]);
  });

  it("work when one calls a method of the other's that uses a private field", async () => {
    const echo: Makes = (label, other) =>
      label === "left"
        ? new PeerWithSecrets(label, other)
        : { label, peerLabel: () => `via ${other?.peerLabel()}` };
    expect((await labels(echo)).seen).toEqual(["right", "via right"]);
  });

  it("fail with the name of the one in the making when they use it at once", async () => {
    const { response } = await labels(atOnce);
    expect(response.error).toMatchObject({
      code: "PLUGIN_THREW",
      plugin: "looking",
      cause: { code: "CIRCULAR_INTERNAL", plugin: "get-test:left" },
    });
  });

  it("tell what the other has, and take what is set on it", async () => {
    const seen: unknown[] = [];
    const marking: Makes = (label, other) => ({
      label,
      peerLabel() {
        seen.push("label" in other!, "nothing" in other!);
        Object.assign(other!, { marked: label });
        seen.push((other as { marked?: string }).marked === label ? other!.label : "nothing was set");
        return label;
      },
    });
    await labels(marking);
    expect(seen).toEqual([true, false, "right", true, false, "left"]);
  });
});
