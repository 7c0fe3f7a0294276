import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";

declare module "@x/client" {
  interface PluginInternalRegistry {
    "plugin-a": { getData(): string };
  }
}

const seen: unknown[] = [];

function createPosts() {
  seen.length = 0;
  const bench = createTestBench();
  bench.transport.reply("GET posts", { data: ["first"] });
  return bench.client;
}

describe("❌ another plugin's temp", () => {
  const pluginA: ClientPlugin = {
    name: "plugin-a",
    operations: ["read"],
    middleware: async (context, next) => {
      context.temp.set("plugin-a:data", "some data");
      return next();
    },
  };

  const pluginB: ClientPlugin = {
    name: "plugin-b",
    operations: ["read"],
    middleware: async (context, next) => {
      const data = context.temp.get("plugin-a:data");
      seen.push(data);
      return next();
    },
  };

  it("can be read, and has what is sought in one order alone", async () => {
    const client = createPosts();
    await client.use([pluginA, pluginB]).get("posts");
    await client.use([pluginB, pluginA]).get("posts");
    expect(seen).toEqual(["some data", undefined]);
  });

  it("has no type: what comes out of it is unknown", async () => {
    await createPosts()
      .use([
        pluginA,
        {
          name: "plugin-c",
          middleware: async (context, next) => {
            const data = context.temp.get("plugin-a:data");
            // @ts-expect-error Who says that it is a text?
            seen.push(data.length);
            return next();
          },
        },
      ])
      .get("posts");
    expect(seen).toEqual([9]);
  });
});

describe("✅ another plugin's internal", () => {
  const offering: ClientPlugin = {
    name: "plugin-a",
    operations: ["read"],
    internal(context) {
      return {
        getData(): string {
          return "some data";
        },
      };
    },
  };

  const asking: ClientPlugin = {
    name: "plugin-b",
    operations: ["read"],
    middleware: async (context, next) => {
      const pluginA = context.plugins.get("plugin-a");
      const data = pluginA?.getData();
      seen.push(data);
      return next();
    },
  };

  it("has it in any order, with its type", async () => {
    const client = createPosts();
    await client.use([offering, asking]).get("posts");
    await client.use([asking, offering]).get("posts");
    await client.use([asking]).get("posts");
    expect(seen).toEqual(["some data", "some data", undefined]);
  });
});

describe("what neither temp nor internal is for", () => {
  it("tells users something by setMeta", async () => {
    const { meta } = await createPosts()
      .use([
        {
          name: "my-app:source",
          middleware: async (context, next) => {
            context.setMeta({ source: "network" });
            return next();
          },
        },
      ])
      .get("posts");
    expect(meta).toEqual({ source: "network" });
  });

  it("gives the client methods by api", () => {
    const client = createPosts().use([{ name: "my-app:version", api: () => ({ version: () => "1.0" }) }]);
    // Only `definePlugin` tells the client's type about it.
    expect((client as unknown as { version(): string }).version()).toBe("1.0");
  });

  it("changes the response by returning another, from middleware or afterResponse", async () => {
    const outer: ClientPlugin = {
      name: "my-app:outer",
      middleware: async (context, next) => {
        const response = await next();
        return { ...response, data: [...(response.data as string[]), "middleware"] };
      },
    };
    const after: ClientPlugin = {
      name: "my-app:after",
      afterResponse: (context, response) => ({
        ...response,
        data: [...(response.data as string[]), "afterResponse"],
      }),
    };
    const { data } = await createPosts().use([outer, after]).get("posts");
    expect(data).toEqual(["first", "middleware", "afterResponse"]);
  });
});
