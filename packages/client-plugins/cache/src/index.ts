export { cache, type CacheMethods, type CacheOptions, type CacheTypes } from "./cache.ts";
