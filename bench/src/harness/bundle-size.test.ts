import { expect, it } from "vitest";
import { bundleSize } from "./bundle-size.ts";

it("counts what a module imports, minified and compressed", async () => {
  const alone = await bundleSize("export const one = 1;");
  const importing = await bundleSize(`export { markdownTable } from "./markdown-table.ts";`);
  expect(importing.minified).toBeGreaterThan(alone.minified + 200);
  expect(importing.gzipped).toBeLessThan(importing.minified);
});

it("leaves out what is loaded when it is needed, and the packages that it is told to", async () => {
  const lazy = await bundleSize(`export const load = () => import("./markdown-table.ts");`);
  expect(lazy.minified).toBeLessThan(100);
  const external = await bundleSize(`export { ofetch } from "ofetch";`, ["ofetch"]);
  expect(external.minified).toBeLessThan(100);
});
