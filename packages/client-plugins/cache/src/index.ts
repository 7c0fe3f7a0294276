export { cache, type CacheInternal, type CacheMethods, type CacheOptions, type CacheTypes } from "./cache.ts";
