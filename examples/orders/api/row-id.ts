import { z } from "zod";

/** The id of a row, as Postgres has it. */
export const rowId = z.int32().positive();

/** The same in a query, where everything is text. */
export const rowIdText = z.coerce.number().pipe(rowId);
