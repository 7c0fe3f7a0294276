import { ServerError } from "../../errors.ts";

/** @throws ServerError `INVALID_REPLY` for what JSON has no form for, such as a cycle, a big integer or a function. */
export function toJson(value: unknown): string {
  let text: string | undefined;
  try {
    // Its type promises text; for functions and symbols there is none.
    text = JSON.stringify(value) as string | undefined;
  } catch (cause) {
    throw new ServerError("INVALID_REPLY", "the response cannot be written as JSON", { cause });
  }
  if (text !== undefined) return text;
  throw new ServerError("INVALID_REPLY", `the response is a ${typeof value}, which JSON has no form for`);
}
