import type { Contract } from "../../../api/contract.ts";

export type OrderPage = Contract["orders/list"]["GET"]["data"];
export type OrderRow = OrderPage["orders"][number];
export type Order = Contract["orders/detail"]["GET"]["data"];
export type OrderStatus = Order["status"];
export type Product = Contract["products/list"]["GET"]["data"][number];
export type Customer = Contract["customers/search"]["GET"]["data"][number];
export type Report = Contract["admin/report"]["GET"]["data"];
export type StaffMember = Contract["admin/staff"]["GET"]["data"][number];
