export type { ProgressErrorCode } from "./errors.ts";
export { progress, type ProgressConfig, type ProgressOptions, type ProgressTypes } from "./progress.ts";
export type { OnProgress, TransferProgress } from "./transfer-progress.ts";
