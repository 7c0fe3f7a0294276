import { Component, type ReactNode } from "react";
import { Notice } from "./notice.tsx";

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Keeps the rest of the page usable when one of its parts breaks. */
export class Boundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <Notice title="Something is broken here">
        <p>It is not you. What you had saved is saved.</p>
        <button className="button" type="button" onClick={() => location.reload()}>
          Load the page again
        </button>
      </Notice>
    );
  }
}
