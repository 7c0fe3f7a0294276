export type { InitialDataErrorCode } from "./errors.ts";
export { initialData } from "./initial-data.ts";
export type { InitialDataConfig, InitialDataOptions, InitialDataTypes } from "./types.ts";
