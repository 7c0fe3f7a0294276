/** A project whose contract has something of everything. */
export const contractProject: Readonly<Record<string, string>> = {
  "src/stock/stock.ts": `export interface Stock {
  sku: string;
  left: number;
  since: Date;
}
export const stock: Stock = { sku: "a", left: 1, since: new Date(0) };
`,
  "src/stock/index.api.ts": `import { defineApi } from "@x/server";
import { stock } from "./stock.ts";

export default defineApi({ method: "GET", reads: ["stock"], handler: () => [stock] });
`,
  "src/orders/create.api.ts": `import { defineApi } from "@x/server";
import { z } from "zod";

export default defineApi({
  schema: z.object({ sku: z.string(), quantity: z.number().default(1) }),
  method: ["POST", "PUT"],
  errors: { OUT_OF_STOCK: z.object({ left: z.number() }) },
  writes: ["orders", "stock"],
  handler({ params, errors }) {
    if (params.quantity > 1) throw errors.OUT_OF_STOCK({ left: 1 });
    return { id: 1, sku: params.sku };
  },
});
`,
  "src/orders/list.api.ts": `import { defineApi } from "@x/server";

export default defineApi({ method: "GET", reads: ["orders"], handler: (): { id: number }[] => [] });
`,
  "src/default.api.ts": `import { defineApi } from "@x/server";

export default defineApi({ handler: () => "nothing here" });
`,
};

/** What such a project has installed. */
export const contractPackages: readonly string[] = ["@x/server", "@x/client", "zod"];

/** An API that answers GET with what stands there, after some declarations. */
export function toApi(answer: string, declarations = ""): string {
  return `import { defineApi } from "@x/server";\n${declarations}\nexport default defineApi({ method: "GET", handler: () => ${answer} });\n`;
}
