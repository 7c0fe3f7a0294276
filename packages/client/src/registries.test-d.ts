import { describe, expectTypeOf, it } from "vitest";
import {
  ClientError,
  createClient,
  definePlugin,
  type ClientErrorCode,
  type ClientEventRegistry as Events,
  type ClientPlugin,
  type InternalApi,
  type PluginAccess,
  type RequestContext,
} from "./index.ts";

interface Flags {
  isEnabled(flag: string): boolean;
}

// Tests of this package augment the file that declares the registries; everyone else augments "@x/client".
declare module "./registries.ts" {
  interface PluginInternalRegistry {
    "types:flags": Flags;
  }
  interface PluginOptionsRegistry {
    registeredOption?: number;
  }
  interface ClientEventRegistry {
    "types:saved": { readonly id: number };
  }
}

declare module "./errors.ts" {
  interface ClientErrorCodeRegistry {
    TYPES_TOO_BUSY: true;
  }
}

const client = createClient();

describe("PluginInternalRegistry", () => {
  it("types what plugins get, which may be missing unless it is declared", () => {
    definePlugin()({
      name: "types:reader",
      middleware({ plugins }, next) {
        expectTypeOf(plugins.get("types:flags")).toEqualTypeOf<Flags | undefined>();
        // @ts-expect-error Nobody says that the plugin is there.
        plugins.get("types:flags").isEnabled("a");
        return next();
      },
    });
  });

  it("types a declared dependency without undefined, in every hook", () => {
    const check = ({ plugins }: { plugins: PluginAccess<"types:flags"> }) =>
      expectTypeOf(plugins.get("types:flags")).toEqualTypeOf<Flags>();
    definePlugin()({
      name: "types:reader",
      dependencies: ["types:flags"],
      middleware(context, next) {
        check(context);
        return next();
      },
      afterResponse: (context) => void check(context),
      lifecycle: {
        onMount: (context) => void check(context),
        onUpdate: (context) => void check(context),
        onUnmount: (context) => void check(context),
      },
      internal: (context) => ({ flags: check(context) }),
      api: (context) => ({ flags: check(context) }),
      setup: (context) => void check(context),
    });
  });

  it("leaves the type of an unregistered API unknown, declared or not", () => {
    definePlugin()({
      name: "types:reader",
      dependencies: ["types:elsewhere"],
      middleware({ plugins }, next) {
        expectTypeOf(plugins.get("types:elsewhere")).toEqualTypeOf<unknown>();
        expectTypeOf(plugins.get("types:nowhere")).toEqualTypeOf<unknown>();
        expectTypeOf(plugins.get(String(5))).toEqualTypeOf<unknown>();
        return next();
      },
    });
  });

  it("does not make one declared dependency certain because of another", () => {
    definePlugin()({
      name: "types:reader",
      dependencies: ["types:elsewhere"],
      middleware({ plugins }, next) {
        expectTypeOf(plugins.get("types:flags")).toEqualTypeOf<Flags | undefined>();
        return next();
      },
    });
  });

  it("does not make certain what a plain `ClientPlugin` declares: its type does not say which", () => {
    const plain: ClientPlugin = {
      name: "types:plain",
      dependencies: ["types:flags"],
      middleware({ plugins }, next) {
        expectTypeOf(plugins.get("types:flags")).toEqualTypeOf<Flags | undefined>();
        return next();
      },
    };
    expectTypeOf(plain.dependencies).toEqualTypeOf<readonly string[] | undefined>();
  });

  it("can be asked by name", () => {
    expectTypeOf<InternalApi<"types:flags">>().toEqualTypeOf<Flags>();
    expectTypeOf<InternalApi<"types:nowhere">>().toEqualTypeOf<unknown>();
  });
});

describe("PluginOptionsRegistry", () => {
  it("types the options of plugins without types of their own, in their hooks and for callers", () => {
    const plain: ClientPlugin = {
      name: "types:plain",
      middleware({ pluginOptions }, next) {
        expectTypeOf(pluginOptions?.registeredOption).toEqualTypeOf<number | undefined>();
        // @ts-expect-error It is not registered.
        void pluginOptions?.staleTime;
        return next();
      },
    };
    void client.use([plain]).get("posts", { registeredOption: 5 });
    // @ts-expect-error It is a number.
    void client.use([plain]).get("posts", { registeredOption: "5" });
  });

  it("adds nothing to a client without such a plugin", () => {
    // @ts-expect-error There is no plugin at all.
    void client.get("posts", { registeredOption: 5 });
    // @ts-expect-error This one says that it has no options.
    void client.use([definePlugin()({ name: "types:none" })]).get("posts", { registeredOption: 5 });
  });
});

describe("ClientEventRegistry", () => {
  it("types events for listeners and emitters, in plugins and outside", () => {
    const { eventEmitter } = client;
    eventEmitter.on("types:saved", ({ id }) => expectTypeOf(id).toEqualTypeOf<number>());
    eventEmitter.on("refetch", ({ queryKey }) => expectTypeOf(queryKey).toEqualTypeOf<string | undefined>());
    eventEmitter.emit("types:saved", { id: 5 });
    expectTypeOf<RequestContext["eventEmitter"]>().toEqualTypeOf(eventEmitter);
    expectTypeOf<Events["types:saved"]>().toEqualTypeOf<{ readonly id: number }>();
  });

  it("refuses unknown events and other payloads", () => {
    // @ts-expect-error Nobody registered it.
    client.eventEmitter.on("types:lost", () => {});
    // @ts-expect-error The id is missing.
    client.eventEmitter.emit("types:saved", {});
    // @ts-expect-error Everyone knows this one, and it says more.
    client.eventEmitter.emit("refetch");
  });
});

describe("ClientErrorCodeRegistry", () => {
  it("adds codes of plugins to those of the client", () => {
    expectTypeOf<"TYPES_TOO_BUSY">().toExtend<ClientErrorCode>();
    const error = new ClientError("TYPES_TOO_BUSY", "too busy");
    expectTypeOf(error.code).toEqualTypeOf<ClientErrorCode>();
    // @ts-expect-error Nobody has registered it.
    void new ClientError("TYPES_UNKNOWN", "unknown");
  });
});
