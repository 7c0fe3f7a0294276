export {
  queryString,
  type ArrayFormat,
  type NestingSyntax,
  type QueryStringOptions,
  type QueryStringTypes,
} from "./query-string.ts";
