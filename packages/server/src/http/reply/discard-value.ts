import { isNodeStream } from "./node-stream.ts";

/** Lets go of what a response holds open, where it is not going to be the reply. */
export function discardValue(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof Response) discardValue(value.body);
  else if (value instanceof ReadableStream) value.cancel().catch(() => {});
  else if (isNodeStream(value)) value.destroy();
}
