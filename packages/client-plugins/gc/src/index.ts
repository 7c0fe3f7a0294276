export { gc, type GcConfig, type GcOptions, type GcTypes } from "./gc.ts";
