import { ServerError } from "@x/server";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { messageOf } from "../message-of.ts";

/**
 * A payload as it will arrive. What JSON has no form for is refused here, by whoever enqueues it, and not by a worker
 * in the middle of the night.
 *
 * @throws ServerError `INVALID_PAYLOAD`.
 */
export async function toPayload(
  queue: string,
  schema: StandardSchemaV1 | undefined,
  given: unknown,
): Promise<unknown> {
  let payload: unknown;
  try {
    const text = JSON.stringify(given ?? {});
    payload = text === undefined ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new ServerError(
      "INVALID_PAYLOAD",
      `a payload for "${queue}" has no form in JSON: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
  await checkPayload(queue, schema, payload);
  return payload;
}

/**
 * What the schema makes of a payload.
 *
 * @throws ServerError `INVALID_PAYLOAD` with a fault for everything that does not fit.
 */
export async function checkPayload(
  queue: string,
  schema: StandardSchemaV1 | undefined,
  payload: unknown,
): Promise<unknown> {
  if (!schema) return payload;
  const result = await schema["~standard"].validate(payload);
  if (!result.issues) return result.value;
  const faults = result.issues.map(({ path = [], message }) => ({
    message,
    keyPath: path.map((segment) => String(typeof segment === "object" ? segment.key : segment)),
  }));
  const list = faults.map(({ message, keyPath }) => `${keyPath.join(".") || "the whole"}: ${message}`);
  throw new ServerError(
    "INVALID_PAYLOAD",
    `a payload for "${queue}" does not fit the schema, as it is after a passage through JSON: ${list.join("; ")}`,
    { faults },
  );
}
