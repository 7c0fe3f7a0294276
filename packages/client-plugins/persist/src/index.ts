export type { PersistErrorCode } from "./errors.ts";
export {
  persist,
  type PersistConfig,
  type PersistMethods,
  type PersistOptions,
  type PersistTypes,
} from "./persist.ts";
export type { Subscribe } from "./page-hidden.ts";
export { indexedDbStorage, jsonStorage, type StateStorage, type TextStorage } from "./storage.ts";
