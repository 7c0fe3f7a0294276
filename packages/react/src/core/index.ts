export { createCoreHooks, type CoreHooks } from "./create-core-hooks.ts";
