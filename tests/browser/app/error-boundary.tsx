import { isClientError } from "@x/client";
import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
  readonly onReset: () => void;
}

interface State {
  readonly error: unknown;
}

/** Shows an error in place of its children, with a button that tries them again. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const reset = () => {
      this.props.onReset();
      this.setState({ error: undefined });
    };
    return (
      <button onClick={reset}>
        {isClientError(error) ? `${error.code} ${error.status}` : String(error)}
      </button>
    );
  }
}
