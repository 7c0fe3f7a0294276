export { createPagesHook } from "./create-pages-hook.ts";
export type { PagesBehaviour, PagesResult, UsePages } from "./pages-hook-types.ts";
