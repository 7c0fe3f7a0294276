import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { optimistic } from "./index.ts";

const requestOptions = {
  optimistic: [
    { path: "items/:id", params: { id: 1 }, update: (item: unknown) => item },
    { tags: "items/*", update: (item: unknown) => item },
  ],
};

for (const { name, skipped, run } of clientPluginContract(() => optimistic(), { requestOptions }))
  it.skipIf(skipped)(name, run);
