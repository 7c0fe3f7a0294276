import type { Page } from "playwright-core";

/** Requests that do not reach the server before the test says so. */
export interface Held {
  /** The addresses of all that were held up so far. */
  readonly held: readonly string[];
  readonly release: () => void;
}

/** Holds up what a page sends to an address. */
export async function hold(page: Page, address: string): Promise<Held> {
  const held: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    held.push(route.request().url());
    await promise;
    await route.continue();
  });
  return { held, release: resolve };
}
