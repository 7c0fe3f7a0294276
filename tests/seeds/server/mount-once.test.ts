import { Func, type MountData, type Next, type Plugin } from "@x/server";
import { expect, it } from "vitest";

interface DbConfig {
  connectionString?: string;
}

interface Pool {
  connectionString: string | undefined;
}

const pools: Pool[] = [];

async function createPool(connectionString: string | undefined): Promise<Pool> {
  const pool = { connectionString };
  pools.push(pool);
  return pool;
}

class DatabasePlugin implements Plugin {
  public readonly type = "db";
  public readonly name = "db";
  public config?: DbConfig;
  private pool?: Pool;

  public async onMount(data: MountData, next: Next) {
    // Merge YAML config into this.config
    if (data.config.plugins?.[this.name]?.config) {
      this.config = { ...data.config.plugins[this.name].config };
    }

    this.pool = await createPool(this.config?.connectionString);
    await next();
  }
}

it("onMount runs at most once, with the configuration at hand", async () => {
  const func = new Func({
    plugins: [new DatabasePlugin()],
    config: { plugins: { db: { config: { connectionString: "postgres://127.0.0.1/shop" } } } },
    handler: () => "ok",
  });
  await Promise.all([func.invoke({}), func.invoke({})]);
  await func.invoke({});
  expect(pools).toEqual([{ connectionString: "postgres://127.0.0.1/shop" }]);
});
