import { HttpError } from "@x/server";

const left = new Map([
  ["tea", 40],
  ["coffee", 12],
]);

/** Takes from the stock, or fails with 409 when there is too little. */
export function takeFromStock(product: string, quantity: number): void {
  const available = left.get(product) ?? 0;
  if (available < quantity)
    throw new HttpError({
      statusCode: 409,
      code: "OUT_OF_STOCK",
      message: `there are ${available} of ${product}`,
    });
  left.set(product, available - quantity);
}

/** How much there is of each product. */
export const listStock = (): Record<string, number> => Object.fromEntries(left);
