export { createPagesHook } from "./create-pages-hook.ts";
export type { PagesResult, UsePages } from "./pages-hook-types.ts";
