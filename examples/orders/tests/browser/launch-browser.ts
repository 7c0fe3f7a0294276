import { existsSync } from "node:fs";
import { type BrowserServer, chromium } from "playwright-core";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a browser, and if not, what a skipped suite says. */
export const hasChromium = existsSync(executablePath);
export const inChromium = hasChromium
  ? ""
  : ` (skipped: there is no Chromium at ${executablePath}; set CHROMIUM)`;

/** Launches the one browser of all tests, without a window. */
export async function launchBrowser(): Promise<BrowserServer | undefined> {
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  return hasChromium ? chromium.launchServer({ executablePath, args }) : undefined;
}
