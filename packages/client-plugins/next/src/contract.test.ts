import { clientPluginContract } from "@x/client/testing";
import { describe, it } from "vitest";
import { next } from "./index.ts";

describe("the contract of client plugins", () => {
  for (const { name, skipped, run } of clientPluginContract(() => next({ revalidator: () => {} }), {
    requestOptions: { revalidatePaths: ["/"], next: { revalidate: 60 } },
  }))
    it.skipIf(skipped !== undefined)(name, run);
});
