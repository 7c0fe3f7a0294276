import type { ReactNode } from "react";

interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** What stands where something else would: nothing found, nothing there, not allowed. */
export function Notice({ title, children }: NoticeProps) {
  return (
    <div className="notice">
      <strong>{title}</strong>
      {children}
    </div>
  );
}
