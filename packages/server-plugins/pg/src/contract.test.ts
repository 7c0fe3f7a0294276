import { serverPluginContract } from "@x/server/testing";
import { describe, it } from "vitest";
import { PgPlugin } from "./index.ts";
import { describeDatabases } from "./test-support/describe-databases.ts";

describeDatabases((test) => {
  describe.each([false, true])("the contract of server plugins, with transaction: %s", (transaction) => {
    const checks = serverPluginContract(
      // The database is there once the tests run.
      (options) => new PgPlugin({ ...options, config: { ...test.config, transaction } }),
      {
        skip: {
          "own-state":
            "functions with the same settings share one database on purpose, and each gives its share back",
        },
      },
    );
    for (const { name, skipped, run } of checks) it.skipIf(skipped !== undefined)(name, run);
  });
});
