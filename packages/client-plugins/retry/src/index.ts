export { retry, type RetryInternal, type RetryOptions, type RetryTypes } from "./retry.ts";
