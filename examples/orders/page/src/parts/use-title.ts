import { useEffect } from "react";

/** Names the page in the browser's tab, and tells where one has come to those who do not see it. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Order desk`;
  }, [title]);
}
