import type { OrderStatus } from "../client/types.ts";
import { STATUS_NAMES } from "../parts/status-pill.tsx";

/** What happened to an order, in words that follow its name. */
export function describeEvent({ kind, detail }: { readonly kind: string; readonly detail: string }): string {
  switch (kind) {
    case "created":
      return "was placed";
    case "status":
      return `is ${STATUS_NAMES[detail as OrderStatus].toLowerCase()}`;
    case "note":
      return detail ? `has the note “${detail}”` : "has no note any more";
    default:
      return `got the file ${detail}`;
  }
}
