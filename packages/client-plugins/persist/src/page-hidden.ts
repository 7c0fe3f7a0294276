/** Calls the listener at each event, and returns a function that stops it. */
export type Subscribe = (listener: () => void) => () => void;

/** The page is hidden: the last that a page is told for certain. Where there is no page, that never happens. */
export const pageHidden: Subscribe = (listener) => {
  if (typeof document === "undefined") return () => {};
  const onChange = () => {
    if (document.visibilityState === "hidden") listener();
  };
  document.addEventListener("visibilitychange", onChange);
  return () => document.removeEventListener("visibilitychange", onChange);
};
