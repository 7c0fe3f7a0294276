/** Whether somebody can see what is shown. */
export interface Visibility {
  isVisible(): boolean;
  /** Calls the listener after each change, and returns a function that stops it. */
  subscribe(listener: () => void): () => void;
}

/** The visibility of the page. Where there is no page, everything counts as visible. */
export const pageVisibility: Visibility = {
  isVisible: () => typeof document === "undefined" || document.visibilityState !== "hidden",
  subscribe(listener) {
    document.addEventListener("visibilitychange", listener);
    return () => document.removeEventListener("visibilitychange", listener);
  },
};
