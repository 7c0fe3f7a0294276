export { transform, type Transforms, type TransformInternal, type TransformTo } from "./transform.ts";
