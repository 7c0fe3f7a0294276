import type { ColumnType, Generated, Insertable } from "kysely";

/** How far an order has come. */
export const ORDER_STATUSES = ["new", "packed", "shipped", "delivered", "cancelled"] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What somebody of the staff may do: a manager also sees the office and the server's steps. */
export const ROLES = ["clerk", "manager"] as const;
export type Role = (typeof ROLES)[number];

/** What can happen to an order, as its history and the live feed tell it. */
export type OrderEventKind = "created" | "status" | "note" | "attachment";

type Moment = ColumnType<Date, Date | undefined, Date>;

export interface TenantTable {
  id: string;
  name: string;
}

export interface StaffTable {
  id: Generated<number>;
  tenant_id: string;
  name: string;
  email: string;
  role: Role;
  password_hash: string;
}

export interface CustomerTable {
  id: Generated<number>;
  tenant_id: string;
  name: string;
  email: string;
  city: string;
}

export interface ProductTable {
  id: Generated<number>;
  tenant_id: string;
  sku: string;
  name: string;
  price_cents: number;
  stock: number;
}

export interface OrderTable {
  id: Generated<number>;
  tenant_id: string;
  customer_id: number;
  status: ColumnType<OrderStatus, OrderStatus | undefined, OrderStatus>;
  note: ColumnType<string, string | undefined, string>;
  total_cents: number;
  /** Counts the changes, so that nobody overwrites what they have not seen. */
  version: ColumnType<number, number | undefined, number>;
  placed_at: Moment;
}

export interface OrderLineTable {
  order_id: number;
  product_id: number;
  quantity: number;
  unit_cents: number;
}

export interface OrderEventTable {
  id: Generated<number>;
  tenant_id: string;
  order_id: number;
  kind: OrderEventKind;
  /** What it came to, such as the new status. */
  detail: string;
  staff_name: string;
  happened_at: Moment;
}

export interface AttachmentTable {
  id: Generated<number>;
  tenant_id: string;
  order_id: number;
  name: string;
  type: string;
  bytes: Uint8Array;
  added_at: Moment;
}

export interface ReportTable {
  tenant_id: string;
  /** As text, `2026-11-21`. Read it by `to_char`: a `Date` would have a time zone. */
  day: string;
  orders: number;
  total_cents: number;
  made_at: Moment;
}

interface DeskTables {
  tenants: TenantTable;
  staff: StaffTable;
  customers: CustomerTable;
  products: ProductTable;
  orders: OrderTable;
  order_lines: OrderLineTable;
  order_events: OrderEventTable;
  attachments: AttachmentTable;
  reports: ReportTable;
}

// What queries of functions know, and those of jobs that have a transaction of their own.
declare module "@x/server-pg" {
  interface Tables extends DeskTables {}
}
declare module "@x/jobs" {
  interface JobTables extends DeskTables {}
}

export type NewOrder = Insertable<OrderTable>;
