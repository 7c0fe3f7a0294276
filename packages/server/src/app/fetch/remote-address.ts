/** The peer's address, as a `FetchInfo` or Deno has it. */
export function remoteAddressOf(info: object | undefined): string | undefined {
  // Whatever a runtime passes.
  const { remoteAddress, remoteAddr } = (info ?? {}) as {
    readonly remoteAddress?: unknown;
    readonly remoteAddr?: { readonly hostname?: unknown } | null;
  };
  const address = remoteAddress ?? remoteAddr?.hostname;
  return typeof address === "string" ? address : undefined;
}
