import { definePlugin } from "@x/client";
import { clientPluginContract } from "@x/client/testing";
import { describe, it } from "vitest";
import { devtools } from "./index.ts";

describe("the contract of client plugins", () => {
  /** Without a listener the devtools do nothing. */
  const listener = definePlugin()({
    name: "test:listener",
    dependencies: ["devtools"],
    setup: ({ plugins }) => plugins.get("devtools").onDevtoolsEvent(() => {}),
  });

  for (const { name, skipped, run } of clientPluginContract(() => devtools(), { others: () => [listener] }))
    it.skipIf(skipped !== undefined)(name, run);
});
