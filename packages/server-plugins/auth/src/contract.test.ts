import { serverPluginContract } from "@x/server/testing";
import { describe, it } from "vitest";
import { AuthPlugin } from "./index.ts";
import { bearer, SECRET, signToken } from "./test-support/sign-token.ts";

const event = bearer(await signToken());

describe("the contract of server plugins", () => {
  const config = { secret: SECRET, rolesClaim: ["realm_access", "roles"] };
  for (const { name, skipped, run } of serverPluginContract((options) => new AuthPlugin(options), {
    config,
    event,
  }))
    it.skipIf(skipped !== undefined)(name, run);
});
