import { clientPluginContract } from "@x/client/testing";
import { it } from "vitest";
import { polling } from "./index.ts";

for (const { name, skipped, run } of clientPluginContract(() => polling({ refetchInterval: 60_000 })))
  it.skipIf(skipped)(name, run);
