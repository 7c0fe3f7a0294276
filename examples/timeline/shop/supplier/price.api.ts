import { defineApi, HttpError } from "@x/server";
import { z } from "zod";

const PRICES = { tea: 4.5, coffee: 7.25 };

let calls = 0;

export default defineApi({
  method: "GET",
  schema: z.object({ product: z.enum(["tea", "coffee"]) }),
  handler({ params: { product } }) {
    calls += 1;
    // Two of three times, as suppliers are.
    if (calls % 3 !== 0)
      throw new HttpError({ statusCode: 503, code: "SUPPLIER_BUSY", message: "the supplier's line is busy" });
    return { product, price: PRICES[product] };
  },
});
