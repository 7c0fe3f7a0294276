import { type ApiContract, type AppContract, createApp, defineApi } from "@x/server";
import { silentLogger } from "@x/server/testing";
import { z } from "zod";

/** Whose pages may call it. */
export const ORIGIN = "https://shop.example";

interface Line {
  readonly sku: string;
  readonly at: Date;
}

/** APIs of orders that are kept in memory, as `x types` would type them for a client. */
export function createOrders(shapes?: AppContract) {
  const lines: Line[] = [];

  const list = defineApi({
    method: "GET",
    schema: z.object({ sku: z.string().optional() }),
    reads: ["orders"],
    handler: ({ params }) => lines.filter(({ sku }) => params.sku === undefined || params.sku === sku),
  });

  const create = defineApi({
    schema: z.object({ sku: z.string(), left: z.unknown().optional() }),
    errors: {
      OUT_OF_STOCK: z.object({ sku: z.string(), left: z.number() }),
      LOCKED: { status: 423, message: "the shop is closed" },
    },
    writes: ["orders", "stock/:sku"],
    handler({ params, errors }) {
      if (params.sku === "locked") throw errors.LOCKED();
      if (params.sku === "broken") throw new Error("out of order");
      // Whatever a caller makes of it: data that does not fit is a bug of the server's.
      if (params.left !== undefined)
        throw errors.OUT_OF_STOCK({ sku: params.sku, left: params.left as number });
      const line = { sku: params.sku, at: new Date(0) };
      lines.push(line);
      return line;
    },
  });

  const stock = defineApi({
    method: "GET",
    schema: z.object({ sku: z.string() }),
    reads: ["stock/:sku"],
    handler: ({ params }) => 10 - lines.filter(({ sku }) => sku === params.sku).length,
  });

  return {
    lines,
    app: createApp({
      routes: { "orders/list": list, "orders/create": create, stock },
      logger: silentLogger,
      contract: shapes,
      config: { plugins: { http: { config: { cors: { origins: [ORIGIN] } } } } },
    }),
    apis: { list, create, stock },
  };
}

type Apis = ReturnType<typeof createOrders>["apis"];

/** What `x types` writes for these routes. */
export interface Contract {
  "orders/list": ApiContract<Apis["list"]>;
  "orders/create": ApiContract<Apis["create"]>;
  stock: ApiContract<Apis["stock"]>;
}
