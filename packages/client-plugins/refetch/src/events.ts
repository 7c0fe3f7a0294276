/** Calls the listener at each event, and returns a function that stops it. */
export type Subscribe = (listener: () => void) => () => void;

/** The page is shown again. Where there is no page, that never happens. */
export const pageShown: Subscribe = (listener) => {
  if (typeof document === "undefined") return () => {};
  const onChange = () => {
    if (document.visibilityState === "visible") listener();
  };
  document.addEventListener("visibilitychange", onChange);
  return () => document.removeEventListener("visibilitychange", onChange);
};

/** The network is back, as far as the browser can tell. */
export const networkBack: Subscribe = (listener) => {
  if (typeof window === "undefined") return () => {};
  const onOnline = () => listener();
  window.addEventListener("online", onOnline);
  return () => window.removeEventListener("online", onOnline);
};
