/** An order as the shop answers it. */
export interface Order {
  id: number;
  product: string;
  quantity: number;
  customer: string;
}

/** How the shop tells what went wrong. */
export interface Problem {
  status: number;
  title: string;
  detail?: string;
  code?: string;
  errors?: readonly { path: string; message: string }[];
}

/** What the shop's server offers. */
export interface ShopApi {
  "orders/list": { GET: { data: Order[]; query?: { product?: string }; error: Problem } };
  "orders/create": { POST: { data: Order; body: { product: string; quantity: number }; error: Problem } };
  /** Each message is an order that was placed. */
  "orders/events": { GET: { data: Order; error: Problem } };
  "photos/create": { POST: { data: { name: string; bytes: number }; body: FormData; error: Problem } };
  "supplier/price": {
    GET: { data: { product: string; price: number }; query: { product: string }; error: Problem };
  };
  "sessions/create": {
    POST: { data: { token: string }; body: { name: string; password: string }; error: Problem };
  };
  "admin/report": {
    GET: { data: { orders: number; sold: number; left: Record<string, number> }; error: Problem };
  };
}
