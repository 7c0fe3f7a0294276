/** What there is to a stream of Node, which runtimes without Node do not know. */
export interface NodeStream {
  destroy(): void;
  on(event: "error", listener: () => void): void;
}

/** Tells a stream of Node. */
export function isNodeStream(value: object): value is NodeStream {
  if (!("pipe" in value && "destroy" in value && "on" in value)) return false;
  return typeof value.destroy === "function" && typeof value.on === "function";
}
