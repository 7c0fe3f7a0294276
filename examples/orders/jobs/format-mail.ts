import { formatCents } from "./format-cents.ts";

interface MailedOrder {
  readonly id: number;
  readonly totalCents: number;
  readonly placedAt: Date;
  readonly customer: string;
  readonly email: string;
  readonly shopId: string;
  readonly shop: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly unitCents: number }[];
}

/** The mail that tells a customer what they have ordered, as mail servers take it. */
export function formatMail({ id, customer, email, shopId, shop, ...order }: MailedOrder): string {
  const lines = order.lines.map(
    ({ name, quantity, unitCents }) => `${quantity} x ${name}: ${formatCents(quantity * unitCents)} EUR`,
  );
  return [
    `Date: ${order.placedAt.toUTCString().replace("GMT", "+0000")}`,
    `From: ${quote(shop)} <orders@${shopId}.example>`,
    `To: ${quote(customer)} <${email}>`,
    `Subject: Your order ${id}`,
    `Message-ID: <order-${id}@${shopId}.example>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    "Thank you. You have ordered:",
    "",
    ...lines,
    "",
    `Together ${formatCents(order.totalCents)} EUR.`,
    "",
  ].join("\r\n");
}

/** No name ends the header that it stands in. */
function quote(name: string): string {
  return `"${name.replaceAll(/["\\\r\n]/g, " ")}"`;
}
