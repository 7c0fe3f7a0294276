import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestContext } from "vitest";
import { bundleApp } from "./bundle-app.ts";
import { findChromium } from "./find-chromium.ts";
import { startServer, type TestServer } from "./start-server.ts";

const executablePath = findChromium();
let script = "";
let browser: Browser | undefined;
let server: TestServer;

beforeAll(async () => {
  if (!executablePath) return;
  [script, browser] = await Promise.all([
    bundleApp(),
    chromium.launch({
      executablePath,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }),
  ]);
});
afterAll(() => browser?.close());

beforeEach(async (test: TestContext) => {
  if (!browser) test.skip("there is no Chromium: install it, or name it in the variable CHROMIUM");
  server = await startServer(script);
  test.onTestFinished(() => server[Symbol.asyncDispose]());
});

/** Opens pages that share their cookies, as tabs do. What they complain of fails the test. */
async function openTabs(test: TestContext, user: string): Promise<{ open(path: string): Promise<Page> }> {
  const context = await browser!.newContext();
  await context.addCookies([{ name: "user", value: user, url: server.origin }]);
  const complaints: string[] = [];
  test.onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  return {
    async open(path) {
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        // The browser itself tells of answers such as 503, and of pages without an icon.
        const own = !message.text().startsWith("Failed to load resource");
        if (own && ["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      await page.goto(server.origin + path, { waitUntil: "commit" });
      return page;
    },
  };
}

describe("hooks in a browser", () => {
  it("send one request a read in StrictMode, with and without Suspense", async (test) => {
    const page = await (await openTabs(test, "ada")).open("/browser/Orders");
    await page.getByText("order 1: 10").waitFor();
    await page.getByText("order 2: 20, clicks: 0").waitFor();
    expect(server.received.toSorted()).toEqual(["ada GET /api/orders/1", "ada GET /api/orders/2"]);
  });

  it("throw an error to its boundary, and fetch again when that is reset", async (test) => {
    server.failures = 1;
    const page = await (await openTabs(test, "ada")).open("/browser/Flaky");
    await page.getByText("HTTP_ERROR 503").click();
    await page.getByText("order 503: 5030").waitFor();
    expect(server.received).toHaveLength(2);
  });

  it("hydrate what the server has streamed, without a mismatch and without a request", async (test) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    server.delay = (path) => (path.endsWith("orders/2") ? held : Promise.resolve());
    const page = await (await openTabs(test, "ada")).open("/server/Orders");
    await page.getByText("order 1: 10").waitFor();
    await page.getByText("waiting").waitFor();
    release();
    await page.getByText("order 2: 20, clicks: 0").click();
    await page.getByText("order 2: 20, clicks: 1").waitFor();
    expect(server.rendered).toEqual(["ada GET /api/orders/1", "ada GET /api/orders/2"]);
    expect(server.received).toEqual([]);
  });

  it("fetch in the browser what the server could not", async (test) => {
    const page = await (await openTabs(test, "ada")).open("/server/Me");
    await page.getByText("secret of ada").waitFor();
    expect(server.received).toEqual(["ada GET /api/me"]);
  });

  it("show nothing of the former user in any frame", async (test) => {
    const page = await (await openTabs(test, "ada")).open("/browser/Me");
    await page.getByText("secret of ada").waitFor();
    await page.getByText("become bob").click();
    await page.getByText("secret of bob").waitFor();
    const frames = await page.evaluate(() => (globalThis as unknown as { frames: string[] }).frames);
    const shown = frames.map((frame) => frame.replace(/\s+become bob$/, ""));
    expect(shown.filter((frame) => frame.startsWith("bob") && frame.includes("ada"))).toEqual([]);
    expect(shown).toContain("ada: secret of ada");
    expect(shown.at(-1)).toBe("bob: secret of bob");
  });

  it("follow another tab when their own is shown again", async (test) => {
    const { open } = await openTabs(test, "ada");
    const [first, second] = [await open("/browser/Notes"), await open("/browser/Notes")];
    await second.getByText("write").click();
    await expect.poll(() => server.received.filter((line) => line.includes("POST"))).toHaveLength(1);
    // Pages of a headless browser are all visible, so none of them is shown again by itself.
    await first.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await first.getByText("hello").waitFor();
  });
});
