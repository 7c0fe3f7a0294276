export { prefetch, type PrefetchMethods, type PrefetchTypes } from "./prefetch.ts";
