import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Builds the page, and tells the folder that it is in. */
export async function buildPage(): Promise<string> {
  const configFile = fileURLToPath(new URL("../vite.config.ts", import.meta.url));
  await build({ root: fileURLToPath(new URL("../page/", import.meta.url)), configFile, logLevel: "warn" });
  return fileURLToPath(new URL("../dist/", import.meta.url));
}
