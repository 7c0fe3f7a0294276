import { setTimeout as wait } from "node:timers/promises";

export interface Order {
  id: number;
  product: string;
  total: number;
}

/** What the shop's server offers. */
export interface ShopApi {
  orders: {
    GET: { data: Order[]; query?: { product?: string } };
    POST: { data: Order; body: { product: string; total: number }; error: { reason: string } };
  };
  "orders/:id": { GET: { data: Order; error: { reason: string } } };
}

/** The shop's server: a handler in this process, slow enough for a timeline to show. */
export function createShop(): (request: Request) => Promise<Response> {
  const orders: Order[] = [
    { id: 1, product: "tea", total: 12 },
    { id: 2, product: "coffee", total: 30 },
  ];

  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    await wait(15);
    if (pathname === "/orders" && request.method === "POST") {
      const { product, total } = (await request.json()) as Omit<Order, "id">;
      if (!(total > 0)) return Response.json({ reason: "an order needs a total" }, { status: 422 });
      const order = { id: orders.length + 1, product, total };
      orders.push(order);
      return Response.json(order, { status: 201 });
    }
    if (pathname === "/orders") {
      const product = searchParams.get("product");
      return Response.json(orders.filter((order) => !product || order.product === product));
    }
    const order = orders.find(({ id }) => pathname === `/orders/${id}`);
    return order
      ? Response.json(order)
      : Response.json({ reason: `nothing at ${pathname}` }, { status: 404 });
  };
}
