import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
  /** Is called before the children are tried again. */
  readonly onReset?: () => void;
  /** Is told of each error that is shown. */
  readonly onError?: (error: unknown) => void;
}

/** Shows an error's code in place of its children, and tries them again when it is clicked. */
export class ErrorBoundary extends Component<
  Props,
  { readonly error: { readonly code?: string } | undefined }
> {
  override state: { readonly error: { readonly code?: string } | undefined } = { error: undefined };

  static getDerivedStateFromError(error: { readonly code?: string }) {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError?.(error);
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    const reset = () => {
      this.props.onReset?.();
      this.setState({ error: undefined });
    };
    return <button onClick={reset}>{this.state.error.code}</button>;
  }
}
