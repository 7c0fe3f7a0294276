export { createPages } from "./create-pages.ts";
export type {
  GetPageParam,
  PageDirection,
  PageFailure,
  PagesObserver,
  PagesOptions,
  PagesSnapshot,
  Paging,
} from "./pages-types.ts";
