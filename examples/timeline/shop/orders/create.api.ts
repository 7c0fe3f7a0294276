import { defineApi, HttpError } from "@x/server";
import { z } from "zod";
import { addOrder } from "../orders.ts";
import { takeFromStock } from "../stock.ts";

export default defineApi({
  schema: z.object({ product: z.enum(["tea", "coffee"]), quantity: z.int().positive() }),
  handler({ params, current_user, setStatusCode, logger }) {
    if (!current_user) throw new HttpError({ statusCode: 401, message: "sign in to order" });
    takeFromStock(params.product, params.quantity);
    const order = addOrder({ ...params, customer: current_user.id });
    logger.info({ order: order.id }, "ordered");
    setStatusCode(201);
    return order;
  },
});
