export type { Subscribe } from "./events.ts";
export { refetch, type RefetchConfig, type RefetchOptions, type RefetchTypes } from "./refetch.ts";
