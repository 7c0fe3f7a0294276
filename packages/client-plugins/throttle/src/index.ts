export { throttle, type ThrottleOptions, type ThrottleTypes } from "./throttle.ts";
