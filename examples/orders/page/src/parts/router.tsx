import { type ComponentProps, type MouseEvent, useSyncExternalStore } from "react";

const MOVED = "desk:moved";

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(MOVED, listener);
  };
}

const read = () => location.pathname + location.search;

/** Where the page is: its path, and what stands behind the question mark. */
export function useLocation(): { readonly path: string; readonly query: URLSearchParams } {
  const url = new URL(useSyncExternalStore(subscribe, read), location.origin);
  return { path: url.pathname, query: url.searchParams };
}

/** Goes somewhere else in the page. `replace` leaves no step back. */
export function navigate(to: string, { replace = false } = {}): void {
  if (to === read()) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  dispatchEvent(new Event(MOVED));
  if (!replace) scrollTo(0, 0);
}

/** A link inside of the page. With a key held down it opens as any other. */
export function Link({ href, ...rest }: ComponentProps<"a"> & { readonly href: string }) {
  function go(event: MouseEvent) {
    const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (opensElsewhere || event.button !== 0) return;
    event.preventDefault();
    navigate(href);
  }
  return <a href={href} onClick={go} {...rest} />;
}
