/** Waits for what another process or a database does in its own time. */
export async function eventually<Result>(
  read: () => Promise<Result | undefined | false> | Result | undefined | false,
  patienceMs = 20_000,
): Promise<Result> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const result = await read();
    if (result !== undefined && result !== false) return result;
    if (performance.now() > end) throw new Error(`it did not come about within ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
