import { expect, it } from "vitest";
import { createTestBench } from "../testing/index.ts";
import type { RequestContext } from "../request/context-types.ts";
import type { ClientPlugin } from "./plugin.ts";
import type { PluginResponse } from "../request/response.ts";

class Counter implements ClientPlugin {
  readonly name = "acme:counter";
  #calls: string[] = [];

  setup() {
    this.#calls.push("setup");
  }

  middleware(_context: RequestContext, next: () => Promise<PluginResponse>) {
    this.#calls.push("middleware");
    return next();
  }

  afterResponse() {
    this.#calls.push("afterResponse");
  }

  internal() {
    return { calls: this.#calls };
  }
}

it("a plugin that is an instance of a class has itself as `this` in every hook", async () => {
  const { client, transport } = createTestBench();
  transport.reply("GET posts", { data: 1 });
  const seen: unknown[] = [];
  const reader: ClientPlugin = {
    name: "acme:reader",
    dependencies: ["acme:counter"],
    afterResponse: ({ plugins }) => void seen.push(plugins.get("acme:counter")),
  };
  const { error } = await client.use([new Counter(), reader]).get("posts");
  expect(error).toBeUndefined();
  expect(seen).toEqual([{ calls: ["setup", "middleware", "afterResponse"] }]);
});
