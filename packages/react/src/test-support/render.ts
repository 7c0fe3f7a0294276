import { act, createElement, StrictMode, type ReactElement } from "react";
import { createRoot } from "react-dom/client";

/** Elements on a page, by React as users run it. */
export interface Rendered {
  readonly container: HTMLElement;
  readonly text: string;
  rerender(element: ReactElement): Promise<void>;
  unmount(): Promise<void>;
}

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** Renders elements, and waits until all that follows at once has been done. */
export async function render(element: ReactElement, { strict = false } = {}): Promise<Rendered> {
  const container = document.createElement("div");
  document.body.append(container);
  // What an error boundary has caught is no news: whatever else fails is.
  const root = createRoot(container, { onCaughtError() {} });
  const show = (next: ReactElement) =>
    act(async () => root.render(strict ? createElement(StrictMode, null, next) : next));
  await show(element);
  return {
    container,
    get text() {
      return container.textContent ?? "";
    },
    rerender: show,
    unmount: () =>
      act(async () => {
        root.unmount();
        container.remove();
      }),
  };
}
