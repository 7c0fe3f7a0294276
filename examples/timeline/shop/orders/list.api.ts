import { defineApi } from "@x/server";
import { z } from "zod";
import { orders } from "../orders.ts";

export default defineApi({
  method: "GET",
  schema: z.object({ product: z.string().optional() }),
  handler: ({ params }) => orders.filter(({ product }) => !params.product || product === params.product),
});
