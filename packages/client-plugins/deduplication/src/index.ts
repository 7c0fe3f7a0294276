export {
  deduplication,
  type DeduplicationConfig,
  type DeduplicationOptions,
  type DeduplicationTypes,
} from "./deduplication.ts";
